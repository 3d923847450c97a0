# 执笔：make 生成全部公文，make test 运行全部检查。
PY := .venv/bin/python

.DEFAULT_GOAL := build
.PHONY: build test battery mutants bench setup setup-test setup-bench setup-cluster lint types manual images lock clean help

build: setup ## 准备环境，按 config.yaml 生成全部公文到 reports/（默认）
	@$(PY) build.py

test: setup-test ## 准备测试环境，检查代码格式和类型，运行全部测试
	@$(MAKE) --no-print-directory lint types
	$(PY) -m pytest

battery: setup-test ## 故障测试全量（make test 里只有其中快的部分）
	$(PY) -m pytest --battery -rs tests/battery

mutants: setup-test ## 变异测试：在读取、核对、命名、写文件的程序里逐个放错，看测试查不查得出，约半小时
	@bash setup/mutants.sh $(ONLY)

bench: setup-bench ## 与别的程序比快慢，写出 benchmarks/RESULTS.md，约一两个小时；只比几项用 make bench ONLY=pdf,docx
	@$(PY) -m benchmarks --only "$(ONLY)" --rounds $(or $(ROUNDS),5) $(if $(SMALL),--small)

setup: ## 只准备运行环境
	@bash setup/setup.sh runtime

setup-test: ## 只准备测试环境
	@bash setup/setup.sh test

setup-bench: ## 只准备比快慢的环境
	@bash setup/setup.sh bench

setup-cluster: ## 准备用多台电脑生成的环境（Dask），见 docs/多台电脑.md
	@bash setup/setup.sh cluster

lint: ## 代码检查（先 make setup-test）
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: ## 类型检查（先 make setup-test）
	$(PY) -m mypy --strict zhibi build.py benchmarks

manual: ## 由各条校对规则重新写出 docs/校对手册.md
	@$(PY) -m zhibi.rule_pages docs/校对手册.md

images: setup-test ## 由现在的样例重新画出 README 里的图（要有 LibreOffice）
	@$(PY) docs/images/draw.py

lock: ## 重新生成依赖锁文件；升级版本用 make lock UPGRADE=1
	@UPGRADE=$(UPGRADE) bash setup/lock.sh

clean: ## 删除各种缓存（保留 .venv 和 reports/ 里的公文）
	@rm -rf .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis mutants
	@find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +

help: ## 显示本说明
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/make \1\t\2/p' Makefile | expand -t 18
