# Forwards to ./run, for those who type make.
.PHONY: serve test setup dev
serve test setup dev:
	@./run $@
