import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { billOfMaterialsFile, bundleModule } from './bundle-module.ts';

const projectDirectory = dirname(dirname(import.meta.dirname));
const noticeFile = join(projectDirectory, 'NOTICE');
/** What stands below it is written by this module; what stands above, by hand. */
const heading = 'The npm packages in the image\n';

interface Component {
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly licenses: readonly { readonly license?: { readonly id?: string; readonly name?: string } }[];
  readonly evidence?: { readonly licenses?: readonly { readonly license: { readonly text?: EncodedText } }[] };
}

interface EncodedText {
  readonly content: string;
  readonly encoding?: 'base64';
}

/** Of what a package's WebAssembly was built, which its own licence file says nothing of. */
const nestedLicences = [{ name: 'libwebp', path: 'node_modules/@jsquash/webp/codec/LICENSE.codec.md' }];

/** The whole of NOTICE as it should be now: the part written by hand, then the licences of all that is bundled. */
export async function composeNotice(): Promise<string> {
  const [byHand = ''] = (await readFile(noticeFile, 'utf8')).split(heading);
  const components = await listComponents();
  const nested = nestedLicences.map(async ({ name, path }) => {
    return [name, tidy(await readFile(join(projectDirectory, path), 'utf8'))] as const;
  });
  const lines = components.map((component) => `  ${nameOf(component)} ${component.version}: ${licencesOf(component)}`);
  return `${byHand}${heading}\n${lines.join('\n')}\n\n${listTexts([...textsOf(components), ...(await Promise.all(nested))])}`;
}

async function listComponents(): Promise<readonly Component[]> {
  const directory = await mkdtemp(join(tmpdir(), 'lambda-lens-notice-'));
  try {
    await bundleModule(directory, { withLicenceTexts: true });
    const bill = JSON.parse(await readFile(join(directory, billOfMaterialsFile), 'utf8'));
    return bill.components;
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Each text once, with those that it belongs to. The Apache License is the project's own, and stands in LICENSE. */
function listTexts(texts: readonly (readonly [name: string, text: string])[]): string {
  const namesByText = new Map<string, string[]>();
  for (const [name, text] of texts) {
    if (!text.startsWith('Apache License')) namesByText.set(text, [...(namesByText.get(text) ?? []), name]);
  }
  return Array.from(namesByText, ([text, names]) => `${'-'.repeat(80)}\n${names.join(', ')}\n\n${text}\n`).join('\n');
}

function textsOf(components: readonly Component[]) {
  return components.flatMap((component) =>
    (component.evidence?.licenses ?? []).flatMap(({ license: { text } }) =>
      text === undefined ? [] : [[nameOf(component), tidy(decode(text))] as const],
    ),
  );
}

function decode({ content, encoding }: EncodedText): string {
  return Buffer.from(content, encoding ?? 'utf8').toString();
}

function tidy(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/[ \t]+$/gm, '')
    .trim();
}

function nameOf({ group, name }: Component): string {
  return group === undefined ? name : `${group}/${name}`;
}

function licencesOf({ licenses }: Component): string {
  return licenses.map(({ license }) => license?.id ?? license?.name ?? 'unknown').join(', ');
}

if (import.meta.main) await writeFile(noticeFile, await composeNotice());
