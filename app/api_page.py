"""The page that documents the HTTP API, made from its OpenAPI schema: no script, nothing from elsewhere."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from string import Template
from typing import Any

from app.forms import ICON

Schema = Mapping[str, Any]
_REFERENCE = "#/components/schemas/"
_CODE = re.compile("`([^`]+)`")
_PLACES = {"query": "参数", "path": "路径"}

_PAGE = Template("""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<link rel="icon" href="$icon">
<style>
body { margin: 0 auto; padding: 1.5rem; max-width: 60rem; color: #1f2328; line-height: 1.6;
  font-family: system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
h1, h2, h3 { color: #1f4468; line-height: 1.3; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid #d9dee4; padding-bottom: .3rem; }
h3 { margin-top: 2rem; overflow-wrap: anywhere; }
code { font-family: ui-monospace, Consolas, monospace; font-size: .92em; }
pre { padding: .75rem; overflow-x: auto; background: #f4f6f8; border-radius: 4px; }
.wide { overflow-x: auto; margin-bottom: 1.25rem; }
table { width: 100%; border-collapse: collapse; font-size: .92rem; }
th, td { padding: .35rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid #d9dee4; }
a { color: #1f4468; }
</style>
</head>
<body><main>
<h1>$title</h1>
<p lang="en">$about</p>
<p>机器可读的说明：<a href="$path/openapi.json">openapi.json</a></p>
<pre><code>curl -H "Authorization: Bearer $$KEY" --get "$$SITE$path/search" \\
  --data-urlencode "q=唯一住房 执行"</code></pre>
<h2>接口</h2>
$operations
<h2>数据结构</h2>
$models
</main></body>
</html>
""")


def page_of(schema: Schema) -> str:
    """The page for an OpenAPI schema."""
    path = schema["servers"][0]["url"]
    operations = (
        _operation(method.upper(), path + route, operation)
        for route, methods in schema["paths"].items()
        for method, operation in methods.items()
    )
    models = (_model(name, model) for name, model in schema["components"]["schemas"].items())
    return _PAGE.substitute(
        title=escape(schema["info"]["title"]),
        about=_text(schema["info"]),
        icon=ICON,
        path=escape(path),
        operations="\n".join(operations),
        models="\n".join(models),
    )


def _operation(method: str, path: str, operation: Schema) -> str:
    rows = (
        (
            f"<code>{escape(parameter['name'])}</code>",
            _PLACES.get(parameter["in"], parameter["in"]) + ("，必填" if parameter["required"] else ""),
            _type(parameter["schema"]) + _limits(parameter["schema"]),
            _text(parameter),
        )
        for parameter in operation.get("parameters", ())
    )
    answers = (
        (
            escape(status),
            _type(answer["content"]["application/json"]["schema"]),
            _text(answer),
        )
        for status, answer in operation["responses"].items()
    )
    body = operation.get("requestBody")
    posted = (
        f"<p>请求正文（JSON）：{_type(body['content']['application/json']['schema'])}</p>" if body else ""
    )
    return (
        f"<h3><code>{method} {escape(path)}</code></h3>"
        f'<p lang="en">{_text(operation)}</p>{posted}'
        + _table(("名称", "位置", "类型", "说明"), rows)
        + _table(("状态", "返回", "说明"), answers)
    )


def _model(name: str, model: Schema) -> str:
    rows = (
        (f"<code>{escape(field)}</code>", _type(schema), _text(schema))
        for field, schema in model["properties"].items()
    )
    return (
        f'<h3 id="{escape(name)}"><code>{escape(name)}</code></h3>'
        f'<p lang="en">{_text(model)}</p>' + _table(("字段", "类型", "说明"), rows)
    )


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of cells that are HTML already; nothing where there are no rows."""
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    if not body:
        return ""
    head = "".join(f"<th>{name}</th>" for name in heads)
    return f'<div class="wide"><table><tr>{head}</tr>{body}</table></div>'


def _text(described: Schema) -> str:
    """A description as HTML; what stands between ` is code."""
    return _CODE.sub(r"<code>\1</code>", escape(described.get("description", "")))


def _type(schema: Schema) -> str:
    """A type in words, as HTML; a model as a link to it."""
    if "$ref" in schema:
        name = escape(schema["$ref"].removeprefix(_REFERENCE))
        return f'<a href="#{name}">{name}</a>'
    if "anyOf" in schema:
        return " | ".join(map(_type, schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(f"<code>{escape(str(value))}</code>" for value in schema["enum"])
    if "const" in schema:
        return f"<code>{escape(str(schema['const']))}</code>"
    if "items" in schema:
        return f"[{_type(schema['items'])}]"
    if "prefixItems" in schema:
        return f"({', '.join(map(_type, schema['prefixItems']))})"
    if "additionalProperties" in schema:
        return f"{{name: {_type(schema['additionalProperties'])}}}"
    return escape(schema.get("format", schema.get("type", "")))


def _limits(schema: Schema) -> str:
    """What a parameter is without being given, and the least and most that it may be."""
    default = schema.get("default")
    said = [] if default in (None, "") else [f"默认 <code>{escape(str(default))}</code>"]
    said += [f"{schema['minimum']}–{schema['maximum']}"] if {"minimum", "maximum"} <= schema.keys() else []
    return f"（{'，'.join(said)}）" if said else ""
