import IconCpu from '@tabler/icons-react/icons/IconCpu';
import { useQuery } from '@tanstack/react-query';
import type { ModelsView } from '@vigie/contracts/models';
import { useTranslation } from 'react-i18next';
import { Answer, Empty, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { useApi, useTimeStyle } from '../../platform/react.tsx';
import { InstalledModelCard } from './installed-model.tsx';
import { differencesOf } from './models.ts';
import { modelsQuery } from './queries.ts';
import { SendModel } from './send-model.tsx';
import { WaitingModelCard } from './waiting-model.tsx';
import './models.css';

/** The weights of the detector: which there are, who uses them, bringing and removing them. */
export function ModelsPage() {
  const { t } = useTranslation('models');
  const query = useQuery(modelsQuery(useApi()));
  return (
    <Page title={t('title')} back={{ to: '/rooms', text: t('rooms') }}>
      <p className="models-intro">{t('intro')}</p>
      <Answer query={query} waiting={<Waiting rows={3} height={160} />}>
        {(view) => (
          <>
            {view.installed && <SendModel />}
            <WaitingModels view={view} />
            <InstalledModels view={view} />
            <Workers view={view} />
          </>
        )}
      </Answer>
    </Page>
  );
}

function WaitingModels({ view: { waiting } }: { view: ModelsView }) {
  const { t } = useTranslation('models');
  if (waiting.length === 0) return null;
  return (
    <section className="section">
      <h2>{t('waiting')}</h2>
      <ul className="models-list">
        {waiting.map((model) => (
          <WaitingModelCard key={model.id} model={model} />
        ))}
      </ul>
    </section>
  );
}

function InstalledModels({ view: { installed, unusable, workers } }: { view: ModelsView }) {
  const { t } = useTranslation('models');
  if (!installed) return <Empty text={t('noFolders')} hint={t('noFoldersHint')} />;
  return (
    <section className="section">
      <h2>{t('installed')}</h2>
      {installed.length === 0 && (
        <Empty icon={<IconCpu size={22} aria-hidden />} text={t('none')} hint={t('noneHint')} />
      )}
      <ul className="models-list">
        {installed.map((model) => (
          <InstalledModelCard key={model.name} model={model} workers={workers} />
        ))}
      </ul>
      {unusable.length > 0 && (
        <div className="notice notice-failed models-unusable">
          <div>
            <p>{t('unusable', { count: unusable.length })}</p>
            {unusable.map((sentence) => (
              <p key={sentence} className="small" lang="en">
                {sentence}
              </p>
            ))}
          </div>
        </div>
      )}
    </section>
  );
}

function Workers({ view: { workers, installed } }: { view: ModelsView }) {
  const { t } = useTranslation('models');
  const { language } = useTimeStyle();
  return (
    <section className="section">
      <h2>{t('workers')}</h2>
      <p className="models-intro">{t('workersHint')}</p>
      {workers.length === 0 && <Empty text={t('noWorkers')} hint={t('noWorkersHint')} />}
      <ul className="models-list">
        {workers.map((worker) => {
          const { lacks, alone } = differencesOf(worker, installed ?? []);
          const fps = worker.capacityFps.toLocaleString(language);
          return (
            <li key={worker.id} className="card models-card" data-testid={`worker-${worker.id}`}>
              <h3>{worker.id}</h3>
              <p>{worker.capacityFps > 0 ? t('capacity', { fps }) : t('capacityOpen')}</p>
              {worker.models.length === 0 && <p className="state-fault">{t('workerBare')}</p>}
              {lacks.length > 0 && <p>{t('workerLacks', { names: lacks.join(', ') })}</p>}
              {alone.length > 0 && <p>{t('workerAlone', { names: alone.join(', ') })}</p>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
