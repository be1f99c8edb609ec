import * as z from 'zod';
import { Instant } from './time.ts';

/** Impact assessment (AIPD), record of processing (registre), sign at the door. In French: they are for a French town. */
export const PrivacyDocumentKind = z.enum(['dpia', 'register', 'sign']);
export type PrivacyDocumentKind = z.infer<typeof PrivacyDocumentKind>;

/** A part of a document. `blank`: what no setting says and the data-protection officer must write. */
export const PrivacyBlock = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('blank'), text: z.string() }),
  z.object({ kind: z.literal('list'), items: z.array(z.string()) }),
  z.object({
    kind: z.literal('table'),
    columns: z.array(z.string()),
    rows: z.array(z.array(z.string())),
  }),
]);
export type PrivacyBlock = z.infer<typeof PrivacyBlock>;

/** `GET /api/v1/privacy/{kind}`: made from the settings at `at`. */
export const PrivacyDocument = z.object({
  kind: PrivacyDocumentKind,
  at: Instant,
  title: z.string(),
  sections: z.array(z.object({ title: z.string(), blocks: z.array(PrivacyBlock) })),
});
export type PrivacyDocument = z.infer<typeof PrivacyDocument>;

/** How a blank reads, so that nobody takes it for a fact. */
export const blankText = (text: string): string => `[À COMPLÉTER : ${text}]`;

/** The document as Markdown. */
export function markdownOf({ title, sections }: PrivacyDocument): string {
  const parts = sections.flatMap((section) => [
    `## ${section.title}`,
    ...section.blocks.map(markdownBlock),
  ]);
  return `${[`# ${title}`, ...parts].join('\n\n')}\n`;
}

function markdownBlock(block: PrivacyBlock): string {
  if (block.kind === 'text') return block.text;
  if (block.kind === 'blank') return `**${blankText(block.text)}**`;
  if (block.kind === 'list') return block.items.map((item) => `- ${item}`).join('\n');
  const rows = [block.columns, block.columns.map(() => '---'), ...block.rows];
  return rows
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}
