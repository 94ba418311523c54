"""The whole portal in a real Chromium: server, sign-in, search, reading, tasks."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from portal_world import GUIDE_FILE, LAW, LAW_FILE, PASSWORD, World, build_world
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from app.access import COOKIE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium or chromedriver is not installed"),
]
SECONDS = 30
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
)


class Browser:
    """A browser on the portal; every look waits until what is looked for is there."""

    def __init__(self, driver: webdriver.Chrome, site: str) -> None:
        self.driver = driver
        self.site = site

    def open(self, path: str) -> None:
        self.driver.get(self.site + quote(path, safe="/?=&%"))

    def until(self, holds: Callable[[webdriver.Chrome], object], what: str) -> object:
        waiting = WebDriverWait(self.driver, SECONDS, 0.05, [StaleElementReferenceException])
        return waiting.until(holds, what)

    def find(self, css: str) -> WebElement:
        self.until(lambda driver: driver.find_elements(By.CSS_SELECTOR, css), css)
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def sees(self, text: str, css: str = "body") -> None:
        self.until(lambda driver: text in driver.find_element(By.CSS_SELECTOR, css).text, text)

    def click(self, css: str) -> None:
        """Clicks, again where Streamlit put a new element in the place of the one that was found."""
        self.until(lambda driver: driver.find_element(By.CSS_SELECTOR, css).click() or True, css)

    def press(self, label: str) -> None:
        """Clicks the button with this label."""
        path = f"//button[normalize-space()='{label}']"
        self.until(lambda driver: driver.find_element(By.XPATH, path).click() or True, label)

    def follow(self, text: str) -> None:
        """Clicks the link with this text."""
        self.until(lambda driver: driver.find_element(By.LINK_TEXT, text).click() or True, text)

    def write(self, css: str, text: str, then: str = "") -> None:
        """Writes into a field until it holds the text, then presses the key `then`."""

        def written(driver: webdriver.Chrome) -> bool:
            field = driver.find_element(By.CSS_SELECTOR, css)
            if field.get_attribute("value") != text:
                field.send_keys(Keys.CONTROL, "a")
                field.send_keys(text)
            return driver.find_element(By.CSS_SELECTOR, css).get_attribute("value") == text

        self.until(written, css)
        if then:
            self.until(lambda driver: driver.find_element(By.CSS_SELECTOR, css).send_keys(then) or True, css)

    def sign_in(self, name: str) -> None:
        self.driver.delete_all_cookies()
        self.open("/sign-in?next=/policies")
        self.write("[name=name]", name)
        self.write("[name=password]", PASSWORD, Keys.ENTER)
        self.sees("法规政策", "h2")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return build_world(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="module")
def site(world: World) -> Iterator[str]:
    """The portal's address, on a port of the system's choice."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {
        "INDEX": world.index,
        "DATA": world.data,
        "ENCODER": "none",
        "PORT": port,
        "HOST": "127.0.0.1",
    }
    environment = os.environ | {f"LVZHI_{name}": str(value) for name, value in settings.items()}
    program = "from app.server import serve; from app.settings import Settings; serve(Settings())"
    root = Path(__file__).parents[1]
    with subprocess.Popen([sys.executable, "-c", program], env=environment, cwd=root) as server:
        try:
            _wait_for(f"http://127.0.0.1:{port}/health", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    def answers(_nothing: object) -> bool:
        assert server.poll() is None, "the server has ended"
        try:
            with urlopen(address, timeout=1) as response:  # noqa: S310
                return bool(response.status == 200)
        except URLError:
            return False

    WebDriverWait(None, SECONDS, 0.05).until(answers)  # type: ignore[type-var]


@pytest.fixture(scope="module")
def browser(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    try:
        yield Browser(driver, site)
    finally:
        driver.quit()


@pytest.fixture
def lawyer(browser: Browser) -> Browser:
    browser.sign_in("lawyer")
    return browser


def test_who_is_signed_in_stays_so_after_a_reload_and_no_script_can_read_the_cookie(lawyer: Browser) -> None:
    lawyer.driver.refresh()
    lawyer.sees("法规政策", "h2")
    lawyer.sees("张律师", "[data-testid=stSidebar]")
    assert COOKIE not in lawyer.driver.execute_script("return document.cookie")
    cookie = lawyer.driver.get_cookie(COOKIE)
    assert cookie is not None
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")


def test_words_find_a_policy_and_the_address_keeps_the_search(lawyer: Browser) -> None:
    lawyer.write("[data-testid=stTextInput] input", "续行查封", Keys.ENTER)
    lawyer.sees("云州市中级人民法院执行异议办理指引 第三条", ".lz-hit h3")
    lawyer.driver.refresh()
    lawyer.sees("云州市中级人民法院执行异议办理指引 第三条", ".lz-hit h3")
    assert lawyer.find("[data-testid=stTextInput] input").get_attribute("value") == "续行查封"
    assert "查封" in lawyer.find(".lz-hit mark").text


def test_a_citation_leads_to_the_article_highlighted_and_in_view(lawyer: Browser) -> None:
    lawyer.write("[data-testid=stTextInput] input", "民事诉讼法第二百三十六条", Keys.ENTER)
    lawyer.sees(f"{LAW} 第二百三十六条", ".lz-hit h3")
    lawyer.click(".lz-hit h3 a")
    lawyer.sees("可以向负责执行的法院提出书面异议", "#lz-hit-passage")
    in_view = (
        "const r = document.querySelector('#lz-hit-passage').getBoundingClientRect();"
        "return r.top >= 0 && r.bottom <= innerHeight"
    )
    lawyer.until(lambda driver: driver.execute_script(in_view), "the passage in view")


def test_the_passage_of_a_long_text_is_scrolled_to(lawyer: Browser) -> None:
    lawyer.driver.set_window_size(500, 420)
    lawyer.open(f"/text?id={LAW_FILE}&passage={LAW_FILE}%23第二百三十七条")
    moved = "return document.querySelector('[data-testid=stMain]').scrollTop > 100"
    lawyer.until(lambda driver: driver.execute_script(moved), "the page scrolled")
    lawyer.driver.set_window_size(1280, 900)


def test_a_cited_article_is_a_link_to_that_article(lawyer: Browser) -> None:
    lawyer.open(f"/text?id={GUIDE_FILE}")
    lawyer.sees("《中华人民共和国民事诉讼法》第二百三十六条", ".lz-text a")
    lawyer.click(".lz-text a")
    lawyer.sees(LAW, "h2")
    lawyer.sees("可以向负责执行的法院提出书面异议", "#lz-hit-passage")


def test_a_filter_narrows_the_precedents_and_going_back_widens_them_again(lawyer: Browser) -> None:
    lawyer.open("/precedents?q=租赁")
    lawyer.sees("共 2 条结果", ".lz-summary")
    lawyer.click(".st-key-open_document_type button")
    lawyer.press("律师调查令 · 1")
    lawyer.sees("共 1 条结果", ".lz-summary")
    assert "document_type=" in lawyer.driver.current_url
    lawyer.driver.refresh()
    lawyer.sees("共 1 条结果", ".lz-summary")
    lawyer.driver.back()
    lawyer.sees("共 2 条结果", ".lz-summary")


def test_a_task_is_taken_on_and_noted_and_a_reload_shows_both(lawyer: Browser, world: World) -> None:
    lawyer.open("/tasks")
    lawyer.sees(world.new.title)
    lawyer.follow(world.new.title)
    lawyer.press("接收任务")
    lawyer.sees("任务现为“办理中”")
    lawyer.write("[aria-label=添加备注]", "已向银行提交调查令")
    lawyer.press("添加备注")
    lawyer.sees("已向银行提交调查令", ".lz-notes")
    lawyer.driver.refresh()
    lawyer.sees("已向银行提交调查令", ".lz-notes")
    lawyer.sees("将状态由“待接收”变更为“办理中”", ".lz-history")
    lawyer.sees("办理中", ".lz-facts")


def test_another_lawyers_task_is_refused_by_its_address(lawyer: Browser, world: World) -> None:
    lawyer.open(f"/tasks?task={world.others.id}")
    lawyer.sees("没有这项任务，或者您无权查看。")
    assert world.others.title not in lawyer.find("body").text


def test_each_role_has_its_own_menu(browser: Browser) -> None:
    menus = {"lawyer": "我的执行任务", "judge": "我交办的任务", "admin": "全部执行任务"}
    for name, tasks in menus.items():
        browser.sign_in(name)
        browser.sees(tasks, "[data-testid=stSidebarNav]")
    browser.sign_in("researcher")
    browser.sees("类案检索", "[data-testid=stSidebarNav]")
    assert "执行任务" not in browser.find("[data-testid=stSidebarNav]").text


def test_the_start_page_leads_to_the_first_page_of_the_role(browser: Browser) -> None:
    browser.sign_in("lawyer")
    browser.open("/")
    browser.until(lambda driver: driver.current_url.endswith("/precedents"), "the lawyer's first page")


def test_nothing_is_wider_than_a_telephone(lawyer: Browser, world: World) -> None:
    telephone = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    lawyer.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", telephone)
    try:
        for path in (
            "/precedents?q=租赁",
            "/tasks",
            f"/tasks?task={world.second.id}",
            f"/text?id={LAW_FILE}",
        ):
            lawyer.open(path)
            lawyer.find(".stHtml .lz-hit, .lz-history, .lz-text")
            script = "return document.querySelector('[data-testid=stMain]').scrollWidth <= innerWidth"
            assert lawyer.driver.execute_script(script), path
    finally:
        lawyer.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_signing_out_ends_the_session_and_the_next_page_asks_to_sign_in(lawyer: Browser) -> None:
    lawyer.press("退出登录")
    lawyer.find("[name=password]")
    lawyer.open("/tasks")
    lawyer.find("[name=password]")
    assert "/sign-in?next=%2Ftasks" in lawyer.driver.current_url


def test_an_open_page_asks_to_sign_in_once_its_session_has_been_ended_elsewhere(lawyer: Browser) -> None:
    cookie = lawyer.driver.get_cookie(COOKIE)
    assert cookie is not None
    other = f"fetch('{lawyer.site}/sign-out', {{method: 'POST', redirect: 'manual'}}).then(arguments[0])"
    lawyer.driver.execute_async_script(other)
    lawyer.write("[data-testid=stTextInput] input", "查封", Keys.ENTER)
    lawyer.sees("您尚未登录，或者登录已失效。")
