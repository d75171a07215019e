/** The versions that a new project starts with. */
export interface ProjectVersions {
  /** What npm installs lambda-lens from: a version, or `file:` and a path. */
  readonly lambdaLens: string;
  readonly node: string;
  readonly pulumi: Readonly<Record<string, string>>;
}

/** How many of the photos in test/photos `npm test` wants right, in per cent. */
const rightAtLeast = 90;

/** package.json of a new project. */
export function describeProject(name: string, { lambdaLens, node, pulumi }: ProjectVersions): object {
  return {
    name,
    version: '0.1.0',
    private: true,
    type: 'module',
    scripts: {
      start: 'lambda-lens serve --model model',
      test: `lambda-lens evaluate model --photos test/photos --at-least ${rightAtLeast}`,
      deploy: 'lambda-lens deploy',
    },
    // npm 12 runs no install script that is not named here; this one brings the Node.js that lambda-lens needs.
    allowScripts: { node: true },
    dependencies: { 'lambda-lens': lambdaLens, ...pulumi },
    devDependencies: { node },
  };
}

/** A name that npm and Pulumi both take, made of a folder's: letters, digits, dots, dashes and underscores. */
export function toProjectName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, 50);
  return name === '' ? 'my-classifier' : name;
}
