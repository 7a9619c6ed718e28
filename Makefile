# The commands of this checkout; `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo test check clean
MAKEFLAGS += --no-print-directory
unexport MAKEFLAGS

bin := node_modules/.bin

help: ## Lists these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "An own camera: CAMERA_USER=… CAMERA_PASSWORD=… make demo CAMERA=rtsp://host/path"

# What the user gave of CAMERA, CAMERA_USER and CAMERA_PASSWORD reaches the program through the environment, as it
# stands (a password may hold a $$), and never through arguments, which every user of the machine could read.
define as_it_stands
override export $(1) := $$(value $(1))
endef
$(foreach name,CAMERA CAMERA_USER CAMERA_PASSWORD,$(if $(value $(name)),$(eval $(call as_it_stands,$(name)))))

demo: ## Sets up and runs a town of simulated cameras until Ctrl-C
	@deploy/set-up/set-up.sh demo
	@exec /usr/bin/python3 deploy/set-up/foreground.py node dist/deploy/demo/main.js

test: ## Sets up, checks, and runs all tests
	@deploy/set-up/set-up.sh test
	@echo 'checks    format, lint, types, unused code'
	@npm run --silent check
	@echo 'tests     unit, integration, end to end'
	@$(bin)/vitest run

check: ## Format, lint, types and unused code
	@npm run --silent check

clean: ## Removes what was built; data, models and footage stay
	@rm -rf dist coverage .cache/set-up
