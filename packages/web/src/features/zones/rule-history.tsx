import { useTranslation } from 'react-i18next';
import { Around, Moment } from '../../face/moment.tsx';
import { differencesOf, type RuleChange } from './differences.ts';
import { useRuleWords } from './rule-words.tsx';

interface RuleHistoryProps {
  title: string;
  changes: readonly RuleChange[];
  nowMs: number;
}

/** Changes of a zone's rules: when they apply, who made them, what was before. */
export function RuleHistory({ title, changes, nowMs }: RuleHistoryProps) {
  return (
    <section className="section" aria-label={title}>
      <h2>{title}</h2>
      <ol className="card zone-history">
        {changes.map((change) => (
          <HistoryLine key={change.line.appliesFrom ?? ''} change={change} nowMs={nowMs} />
        ))}
      </ol>
    </section>
  );
}

function HistoryLine({ change: { line, before }, nowMs }: { change: RuleChange; nowMs: number }) {
  const { t } = useTranslation('zones');
  const { appliesFrom, changedAt, changedBy } = line;
  return (
    <li>
      <strong>
        {appliesFrom ? (
          <Around text={t('fromWhen', { when: '\0' })}>
            <Moment at={appliesFrom} nowMs={nowMs} />
          </Around>
        ) : (
          t('fromBeginning')
        )}
      </strong>{' '}
      <span className="quiet small">
        <Around text={t('byWhom', { who: changedBy, when: '\0' })}>
          <Moment at={changedAt} nowMs={nowMs} />
        </Around>
      </span>
      <Differences line={line} before={before} />
    </li>
  );
}

function Differences({ line: { rules }, before }: RuleChange) {
  const { t } = useTranslation('zones');
  const words = useRuleWords();
  if (!before)
    return (
      <p className="zone-difference">
        {words(rules, 'allowedDays')} · {words(rules, 'dayRule')}
      </p>
    );
  const parts = differencesOf(before, rules);
  if (parts.length === 0) return <p className="quiet zone-difference">{t('noDifference')}</p>;
  return (
    <ul className="zone-differences">
      {parts.map((part) => (
        <li key={part}>
          {t('partIs', { part: t(`part.${part}`) })}{' '}
          <FromTo was={words(before, part)} is={words(rules, part)} />
        </li>
      ))}
    </ul>
  );
}

/** Two texts side by side. A secret part of an address may differ without being shown. */
function FromTo({ was, is }: { was: string; is: string }) {
  const { t } = useTranslation('zones');
  if (was === is) return <ins>{t('notShown')}</ins>;
  return (
    <>
      <del>{was}</del> <span aria-hidden>→</span> <ins>{is}</ins>
    </>
  );
}
