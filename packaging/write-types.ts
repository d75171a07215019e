import { join } from 'node:path';
import ts from 'typescript';

const project = join(import.meta.dirname, '..');
const entries = ['library/lambda-lens.ts', 'library/pulumi.ts'];

/**
 * Writes the declarations of what the package exports, and of all that they name, as a tree like that of the sources.
 * @throws Error with TypeScript's own words where they cannot be made
 */
export async function writeTypes(outDir: string): Promise<void> {
  const { config } = ts.readConfigFile(join(project, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, project);
  const program = ts.createProgram(
    entries.map((entry) => join(project, entry)),
    {
      ...options,
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rewriteRelativeImportExtensions: true,
      rootDir: project,
      outDir,
    },
  );
  const { diagnostics } = program.emit(undefined, (path, text) => {
    // Declarations keep the sources' endings; beside them lie .d.ts files alone.
    ts.sys.writeFile(path, text.replace(/((?:from|import\() ?['"]\.{1,2}\/[^'"]+)\.ts(['"])/g, '$1.js$2'));
  });
  if (diagnostics.length > 0) {
    throw new Error(
      ts.formatDiagnostics(diagnostics, {
        getCanonicalFileName: String,
        getCurrentDirectory: () => project,
        getNewLine: () => '\n',
      }),
    );
  }
}
