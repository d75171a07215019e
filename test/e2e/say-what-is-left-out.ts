import {
  findChromium,
  findCrane,
  findDocker,
  findEmulator,
  findPython,
  isDocsGeneratorInstalled,
  isSimulatorInstalled,
  isStateValidatorInstalled,
} from './find-tools.ts';

const needs = [
  {
    tool: 'docker',
    isHere: findDocker() !== undefined,
    missing: 'the container tests: no Docker engine answers (start one, for instance with "dockerd")',
  },
  {
    tool: 'emulator',
    isHere: findEmulator() !== undefined,
    missing:
      "the container under AWS's runtime interface emulator: no aws-lambda-rie (CGO_ENABLED=0 go install " +
      'github.com/aws/aws-lambda-runtime-interface-emulator/cmd/aws-lambda-rie@latest, or set AWS_LAMBDA_RIE to its path)',
  },
  {
    tool: 'crane',
    isHere: findCrane() !== undefined,
    missing:
      'the image that is pushed without Docker: no crane (CGO_ENABLED=0 go install ' +
      'github.com/google/go-containerregistry/cmd/crane@v0.20.6, or set CRANE to its path)',
  },
  {
    tool: 'chromium',
    isHere: findChromium() !== undefined,
    missing: 'the tests of the page: no Chromium (install it, or set CHROMIUM to its path)',
  },
  {
    tool: 'python',
    isHere: findPython() !== undefined,
    missing:
      'schemathesis against the service, doctor, the stream of photos and uploads against moto, the import of models that Keras writes: no Python 3 with its ' +
      'modules venv and ensurepip (on Debian: the package python3-venv)',
  },
  {
    tool: 'simulator',
    isHere: isSimulatorInstalled,
    missing: "what the deployer's policy lets through: no evaluator of policies (npm --prefix test/e2e/rights ci)",
  },
  {
    tool: 'states',
    isHere: isStateValidatorInstalled,
    missing: 'the text of the state machine: no validator (npm --prefix test/e2e/states ci)',
  },
  {
    tool: 'docs',
    isHere: isDocsGeneratorInstalled,
    missing: "the documentation's site: no generator (npm --prefix docs/site ci --ignore-scripts)",
  },
];

/** Runs before all end-to-end tests. `E2E_REQUIRE=docker,chromium` makes what is named there a must. */
export function setup(): void {
  const required = (process.env.E2E_REQUIRE ?? '').split(',');
  for (const { tool, isHere, missing } of needs) {
    if (isHere) continue;
    if (required.includes(tool)) throw new Error(`E2E_REQUIRE names ${tool}, but it would leave out ${missing}`);
    console.log(`left out: ${missing}`);
  }
}
