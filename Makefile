# 'make run' and 'make test' do everything by themselves; see README.md.
.PHONY: run test test-long build data format clean docs fuzz

run: build data
	bin/aevo run inputs/quickstart.yaml

test: build data
	bin/setup tests
	mvn -B -Dstyle.color=never -Daevo.commit="$$(git rev-parse HEAD 2>/dev/null)" verify; \
	    code=$$?; \
	    src/test/slurm/lab check || echo "=== THE TESTS ON SLURM WERE LEFT OUT, see above why ===" >&2; \
	    command -v mpiexec.hydra mpirun.openmpi >/dev/null || echo "=== TESTS WITH LAUNCHERS WERE LEFT OUT: apt-get install mpich openmpi-bin ===" >&2; \
	    src/test/netns/hosts check || echo "=== THE TESTS OVER SEVERAL HOSTS WERE LEFT OUT, see above why ===" >&2; \
	    { command -v octave-cli && command -v Rscript && /usr/bin/python3 -c "import netCDF4, xarray, h5netcdf"; } >/dev/null 2>&1 || \
	        echo "=== TESTS WITH OTHER READERS OF HDF5 WERE LEFT OUT: apt-get install python3-netcdf4 python3-xarray python3-h5netcdf octave r-cran-hdf5r ===" >&2; \
	    /usr/bin/python3 -c "from importlib.util import find_spec as f; exit(not f('torch'))" || \
	        echo "=== THE TEST OF CLASSIFIERS AGAINST PYTORCH WAS LEFT OUT: apt-get install python3-torch ===" >&2; \
	    /usr/bin/python3 -c "from importlib.util import find_spec as f; exit(not f('deap'))" || \
	        echo "=== THE TEST OF FRONTS AGAINST DEAP WAS LEFT OUT: apt-get install python3-deap ===" >&2; \
	    [ -x /usr/bin/chromium ] || echo "=== THE TESTS IN A BROWSER WERE LEFT OUT: apt-get install chromium ===" >&2; \
	    exit $$code

# tests that take minutes because what they test does
test-long: build data
	bin/setup tests
	mvn -B -Dstyle.color=never -Daevo.tests.excluded= -Daevo.tests.groups=long test

# the long run of the fuzz tests, in a small heap: 'make fuzz', or with the seed that one printed: 'make fuzz SEED=4711'
fuzz: SEED ?= $(shell date +%s)
fuzz: CASES ?= 100000
fuzz: build data
	mvn -B -Dstyle.color=never -Djvm.heap=128m -Daevo.fuzz.seed=$(SEED) -Daevo.fuzz.cases=$(CASES) \
	    -Dtest='GenomeTextFuzzTest,DataFuzzTest,InputFuzzTest,JournalFuzzTest,MessageFuzzTest' test

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
