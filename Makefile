# 'make run' and 'make test' do everything by themselves; see README.md.
.PHONY: run test build data format clean docs

run: build data
	bin/aevo run inputs/quickstart.yaml

test: build data
	bin/setup tests
	mvn -B -Dstyle.color=never -Daevo.commit="$$(git rev-parse HEAD 2>/dev/null)" verify; \
	    code=$$?; src/test/slurm/lab check || echo "=== THE TESTS ON SLURM WERE LEFT OUT, see above why ===" >&2; exit $$code

build:
	bin/build

data:
	bin/setup data

format:
	mvn -B -q spotless:apply

clean:
	rm -rf target

# the input reference, from the code
docs: build
	java -cp target/aevo.jar org.aevo.cli.Reference > docs/input.md
