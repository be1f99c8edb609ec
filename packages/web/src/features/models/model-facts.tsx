import type { ModelFacts } from '@vigie/contracts/models';
import { useTranslation } from 'react-i18next';
import { useTimeStyle } from '../../platform/react.tsx';
import { groupedHash } from './models.ts';

/** What a file of weights says of itself. */
export function ModelFactsList({ model }: { model: ModelFacts }) {
  const { t } = useTranslation('models');
  const { language } = useTimeStyle();
  const { input, head, bytes, isQuantised, standing, licence, sha256 } = model;
  const size = (bytes / 1e6).toLocaleString(language, { maximumFractionDigits: 1 });
  const weights = t(isQuantised ? 'int8' : 'float');
  return (
    <dl className="facts models-facts">
      <dt>{t('file')}</dt>
      <dd>{t('fileFacts', { size, weights })}</dd>
      <dt>{t('shape')}</dt>
      <dd>
        {t(head ? `head.${head}` : 'head.open')},{' '}
        {input ? t('input', { width: input.width, height: input.height }) : t('inputAny')}
      </dd>
      <dt>{t('origin')}</dt>
      <dd>
        {t(`standing.${standing}`)}
        {licence && ` · ${licence}`}
      </dd>
      <dt>{t('hash')}</dt>
      <dd>
        <code className="models-hash">{groupedHash(sha256)}</code>
      </dd>
    </dl>
  );
}
