# Two commands: `make portal` serves the portal, `make test` runs every check.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.PHONY: portal test evaluation-encoder lock

# Pinned dependencies; each stamp is renewed when its lock or the project file changes.
.venv/portal.stamp: locks/portal.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r locks/portal.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

.venv/test.stamp: .venv/portal.stamp locks/test.txt locks/models.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r locks/test.txt -r locks/models.txt
	touch $@

portal: .venv/portal.stamp
	@$(BIN)/lvzhi portal --demonstration

test: .venv/test.stamp
	@.ci/install-tools
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest

# Compares encoders over the law corpus; the first run encodes it twice and takes about an hour on two cores.
evaluation-encoder: .venv/test.stamp
	$(BIN)/python -m evaluation.encoders --corpus ../shared/corpora/laws --work indexes/evaluation \
		../shared/eval/statutes ../shared/eval/enforcement

# Renews the locks from pyproject.toml. The CUDA packages that torch names are left to pip, because a
# CPU build of torch needs none of them.
lock: .venv/test.stamp
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --no-header --upgrade pyproject.toml -o locks/portal.txt
	$(BIN)/uv pip compile --quiet --no-header --extra test -c locks/portal.txt pyproject.toml -o locks/test.txt
	$(BIN)/uv pip compile --quiet --no-header --extra models -c locks/test.txt pyproject.toml -o locks/models.txt \
		$$(for p in cuda-bindings cuda-pathfinder cuda-toolkit nvidia-cublas nvidia-cuda-cupti nvidia-cuda-nvrtc \
		nvidia-cuda-runtime nvidia-cudnn-cu13 nvidia-cufft nvidia-cufile nvidia-curand nvidia-cusolver \
		nvidia-cusparse nvidia-cusparselt-cu13 nvidia-nccl-cu13 nvidia-nvjitlink nvidia-nvshmem-cu13 \
		nvidia-nvtx triton; do echo --no-emit-package $$p; done)
