"""The plain pages outside the portal: the sign-in form and short notices, without any external asset."""

from html import escape
from string import Template

# A seal: the first character of the name in white on the portal's blue.
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Crect width='32' height='32' rx='5' fill='%231f4468'/%3E"
    "%3Ctext x='16' y='23' font-size='20' text-anchor='middle' fill='white'%3E律%3C/text%3E%3C/svg%3E"
)

_FRAME = Template("""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title · 律执</title>
<link rel="icon" href="$icon">
<style>
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: flex; align-items: center; justify-content: center;
  padding: 1.5rem 1rem; background: #f4f6f8; color: #1f2328; line-height: 1.7;
  font-family: "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei",
    "Noto Sans CJK SC", sans-serif; }
main { width: 100%; max-width: 24rem; background: #fff; border: 1px solid #d9dee4; border-radius: 6px;
  border-top: 3px solid #1f4468; padding: 2rem 1.75rem 1.75rem; }
h1 { margin: 0; font-size: 1.75rem; letter-spacing: .3em; color: #1f4468;
  font-family: "Noto Serif SC", "Source Han Serif SC", "Songti SC", "Noto Serif CJK SC", serif; }
.about { margin: .25rem 0 1.5rem; color: #59636e; font-size: .9rem; }
label { display: block; margin: 1rem 0 .3rem; font-size: .9rem; }
input { width: 100%; padding: .6rem .75rem; font: inherit; border: 1px solid #b6bfc9; border-radius: 4px; }
input:focus { outline: 2px solid #1f4468; outline-offset: 0; border-color: #1f4468; }
button, .go { display: block; width: 100%; margin-top: 1.5rem; padding: .65rem; font: inherit;
  text-align: center; text-decoration: none; color: #fff; background: #1f4468; border: 0;
  border-radius: 4px; cursor: pointer; }
button:hover, .go:hover { background: #17344f; }
.error { margin: 0 0 .5rem; padding: .6rem .75rem; font-size: .9rem; color: #8c1d18;
  background: #fcefee; border-left: 3px solid #b3261e; }
.foot { margin: 1.25rem 0 0; font-size: .8rem; color: #59636e; }
</style>
</head>
<body><main>
<h1>律执</h1>
<p class="about">法律文书检索与执行协作平台</p>
$body
</main></body>
</html>
""")

_FORM = Template("""$error<form method="post" action="/sign-in">
<input type="hidden" name="next" value="$target">
<label for="name">登录名</label>
<input id="name" name="name" value="$name" autocomplete="username" autocapitalize="none"
  spellcheck="false" maxlength="64" required $focus_name>
<label for="password">密码</label>
<input id="password" name="password" type="password" autocomplete="current-password"
  maxlength="256" required $focus_password>
<button type="submit">登录</button>
</form>
<p class="foot">账户由管理员开通。遗忘密码，请与管理员联系。</p>""")


def sign_in_form(target: str, name: str = "", error: str = "") -> str:
    """The form; `target` is the address to go to afterwards, `error` what went wrong on the last try."""
    body = _FORM.substitute(
        error=f'<p class="error" role="alert">{escape(error)}</p>\n' if error else "",
        target=escape(target),
        name=escape(name),
        focus_name="" if name else "autofocus",
        focus_password="autofocus" if name else "",
    )
    return _FRAME.substitute(title="登录", icon=ICON, body=body)


def notice(title: str, message: str) -> str:
    """A short page that says `message` and leads back to the portal."""
    body = f'<p>{escape(message)}</p><a class="go" href="/">返回首页</a>'
    return _FRAME.substitute(title=escape(title), icon=ICON, body=body)
