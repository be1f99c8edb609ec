import { Button } from '@mantine/core';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { csvFrom, saveCsv } from '../../face/csv.ts';

type Rows = (string | number)[][];

interface FigureProps {
  title: string;
  /** What the figure counts, in a sentence. */
  hint?: string;
  /** Name of the file without its ending, and its rows with their heading. */
  file: { name: string; rows: () => Rows };
  children: ReactNode;
}

/** One thing to look at: title, what it says, the file for the spreadsheet. */
export function Figure({ title, hint, file, children }: FigureProps) {
  const { t } = useTranslation('face');
  return (
    <section className="section">
      <div className="section-line">
        <h2 className="section-title">{title}</h2>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          aria-label={`${t('exportCsv')} : ${title}`}
          onClick={() => saveCsv(`${file.name}.csv`, csvFrom(file.rows()))}
        >
          {t('exportCsv')}
        </Button>
      </div>
      {hint && <p className="quiet small figure-hint">{hint}</p>}
      <div className="card figure-card">{children}</div>
    </section>
  );
}
