"""What the HTTP API answers when it cannot do what was asked: one form, with a code and a Chinese message."""

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from legal.errors import InputError, LvzhiError, QueryError

_LOG = logging.getLogger(__name__)
_UNAVAILABLE = "检索服务暂时不可用，请稍后重试；仍有问题，请联系管理员。"
_OF_THE_ROUTER = {
    404: ("no_such_path", "没有这个接口。全部接口见 /api/docs。"),
    405: ("read_only", "这里不接受这种请求方法：/api/similar 用 POST，其余用 GET。"),
}
# What is wrong with a parameter, by pydantic's name for it; what stands in {} is the bound.
_WRONG = {
    "missing": "缺少",
    "extra_forbidden": "不存在，请核对名称",
    "int_parsing": "应为整数",
    "float_type": "应为数字",
    "float_parsing": "应为数字",
    "finite_number": "应为有限的数字",
    "string_type": "应为文字",
    "string_too_long": "不得超过 {max_length} 个字符",
    "model_attributes_type": "应为 JSON 对象",
    "json_invalid": "应为 JSON",
    "greater_than_equal": "不得小于 {ge}",
    "less_than_equal": "不得大于 {le}",
    "literal_error": "应为 {expected} 之一",
    "value_error": "应为日期，如 2024-01-31",  # the only one that we raise ourselves
}
_LONGEST_NAME = 40  # of a parameter that is repeated to its sender


class Refusal(HTTPException):
    """An error to raise: its HTTP status, its code for programs, and what to tell a person."""

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status, message, headers)
        self.code = code


def error_answer(
    status: int, code: str, message: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The answer to a request that failed."""
    return JSONResponse({"error": {"code": code, "message": message}}, status, headers)


def unexpected_answer() -> JSONResponse:
    """The answer where something went wrong that nobody foresaw."""
    return error_answer(500, "internal", "服务出现意外错误，请稍后重试；仍有问题，请联系管理员。")


def add_error_handlers(api: FastAPI) -> None:
    """Make every foreseen error of `api` an answer of the one form."""

    @api.exception_handler(HTTPException)
    async def refused(_request: Request, error: HTTPException) -> JSONResponse:
        if isinstance(error, Refusal):
            return error_answer(error.status_code, error.code, error.detail, error.headers)
        code, message = _OF_THE_ROUTER.get(error.status_code, ("bad_request", "请求无法处理，请核对。"))
        return error_answer(error.status_code, code, message, error.headers)

    @api.exception_handler(RequestValidationError)
    async def bad_parameter(_request: Request, error: RequestValidationError) -> JSONResponse:
        said = "；".join(dict.fromkeys(map(_wrong, error.errors())))
        return error_answer(400, "bad_parameter", f"{said}。参数说明见 /api/docs。")

    @api.exception_handler(LvzhiError)
    async def foreseen(_request: Request, error: LvzhiError) -> JSONResponse:
        if isinstance(error, InputError):
            code = "bad_query" if isinstance(error, QueryError) else "bad_value"
            return error_answer(400, code, error.message)
        # Its message is for the operator: it names folders of the machine and commands to run there.
        _LOG.error("%s", error.message)
        return error_answer(503, "unavailable", _UNAVAILABLE)


def _wrong(found: Mapping[str, Any]) -> str:
    """What is wrong with one parameter; never its value, which may be what somebody searches for."""
    bounds = {name: str(value) for name, value in found.get("ctx", {}).items()}
    bounds["expected"] = bounds.get("expected", "").replace("'", "").replace(", ", "、").replace(" or ", "、")
    words = _WRONG.get(found["type"], "格式不正确").format_map(bounds)
    if found["loc"] == ("body",) or found["type"] == "json_invalid":
        return f"请求正文{words}"
    return f"参数 {str(found['loc'][-1])[:_LONGEST_NAME]} {words}"
