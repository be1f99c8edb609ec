import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  blankText,
  markdownOf,
  type PrivacyBlock,
  PrivacyDocument,
  PrivacyDocumentKind,
} from '@vigie/contracts/privacy';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer, Waiting } from '../../face/notice.tsx';
import { ScrollTable } from '../../face/scroll-table.tsx';
import { useApi } from '../../platform/react.tsx';
import { saveFile } from '../../platform/save-file.ts';

/** Impact assessment, record of processing, signs: filled from the settings. */
export function Documents() {
  const { t } = useTranslation('privacy');
  const [kind, setKind] = useState<PrivacyDocumentKind>();
  return (
    <section className="section">
      <h2>{t('documents')}</h2>
      <p className="quiet">{t('documentsHint')}</p>
      <div className="page-actions">
        {PrivacyDocumentKind.options.map((one) => (
          <button
            key={one}
            type="button"
            className="page-action"
            aria-pressed={kind === one}
            onClick={() => setKind(one)}
          >
            {t(`document.${one}`)}
          </button>
        ))}
      </div>
      {kind && <Shown kind={kind} />}
    </section>
  );
}

function Shown({ kind }: { kind: PrivacyDocumentKind }) {
  const { t } = useTranslation('privacy');
  const api = useApi();
  const document = useQuery({
    queryKey: ['privacy', kind],
    queryFn: ({ signal }) => api.get(`/privacy/${kind}`, PrivacyDocument, signal),
  });
  return (
    <Answer query={document} waiting={<Waiting rows={6} height={40} />}>
      {(shown) => (
        <article className="card privacy-document" lang="fr">
          <h3>{shown.title}</h3>
          {shown.sections.map(({ title, blocks }) => (
            <section key={title}>
              <h4>{title}</h4>
              {blocks.map((block) => (
                <Block key={JSON.stringify(block)} block={block} title={title} />
              ))}
            </section>
          ))}
          <Button
            mt="md"
            variant="default"
            onClick={() => saveFile(`${kind}.md`, markdownOf(shown), 'text/markdown')}
          >
            {t('download')}
          </Button>
        </article>
      )}
    </Answer>
  );
}

function Block({ block, title }: { block: PrivacyBlock; title: string }) {
  if (block.kind === 'text') return <p>{block.text}</p>;
  if (block.kind === 'blank')
    return (
      <p>
        <mark>{blankText(block.text)}</mark>
      </p>
    );
  if (block.kind === 'list')
    return (
      <ul>
        {block.items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    );
  return (
    <ScrollTable label={title}>
      <thead>
        <tr>
          {block.columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {block.rows.map((cells) => (
          <tr key={cells.join()}>
            {cells.map((cell, i) => (
              <td key={block.columns[i]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}
