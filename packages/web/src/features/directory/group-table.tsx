import { Button, Modal } from '@mantine/core';
import type { DirectoryView, GroupRole } from '@vigie/contracts/directory';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../face/moment.tsx';
import { Empty, Failed } from '../../face/notice.tsx';
import { ScrollTable } from '../../face/scroll-table.tsx';
import { Limits } from '../people/index.ts';
import { GroupForm } from './group-form.tsx';
import { PreviewTable } from './preview-table.tsx';
import { usePreview, useSaveGroups } from './queries.ts';

/** Which line the dialog is about; one past the last: a new one. */
type Open = { at: number } | undefined;

/** The table as it is being changed: nothing holds before it is saved. */
export function GroupTable({ view }: { view: DirectoryView }) {
  const { t } = useTranslation(['directory', 'face']);
  const [groups, setGroups] = useState<readonly GroupRole[]>(view.groups);
  const [open, setOpen] = useState<Open>();
  const isChanged = JSON.stringify(groups) !== JSON.stringify(view.groups);
  const write = (at: number, line: GroupRole) => {
    setGroups(groups.toSpliced(at, 1, line));
    setOpen(undefined);
  };
  return (
    <section className="directory-part" aria-label={t('groups')}>
      <div className="page-head">
        <h2>{t('groups')}</h2>
        <Button variant="default" onClick={() => setOpen({ at: groups.length })}>
          {t('addGroup')}
        </Button>
      </div>
      <p className="quiet">{t('groupsHint')}</p>
      {groups.length === 0 ? (
        <Empty text={t('noGroups')} hint={t('noGroupsHint')} />
      ) : (
        <Lines groups={groups} onChange={setGroups} onOpen={(at) => setOpen({ at })} />
      )}
      <Acts view={view} groups={groups} isChanged={isChanged} />
      <Modal
        closeButtonProps={{ 'aria-label': t('face:close') }}
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        title={t(open && open.at < groups.length ? 'editGroup' : 'addGroup')}
        centered
      >
        {open && <GroupForm line={groups[open.at]} onDone={(line) => write(open.at, line)} />}
      </Modal>
    </section>
  );
}

interface LinesProps {
  groups: readonly GroupRole[];
  onChange: (groups: readonly GroupRole[]) => void;
  onOpen: (at: number) => void;
}

function Lines({ groups, onChange, onOpen }: LinesProps) {
  const { t } = useTranslation('directory');
  return (
    <ScrollTable label={t('groups')}>
      <thead>
        <tr>
          <th scope="col">{t('rank')}</th>
          <th scope="col">{t('group')}</th>
          <th scope="col">{t('role')}</th>
          <th scope="col">{t('limits')}</th>
          <th scope="col">
            <span className="visually-hidden">{t('acts')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map((line, at) => (
          <Line
            // biome-ignore lint/suspicious/noArrayIndexKey: two lines may name one group, and the place is what a line is
            key={`${at} ${line.group}`}
            line={line}
            at={at}
            onOpen={() => onOpen(at)}
            onUp={() => onChange(movedUp(groups, at))}
            onRemove={() => onChange(groups.toSpliced(at, 1))}
          />
        ))}
      </tbody>
    </ScrollTable>
  );
}

const movedUp = (groups: readonly GroupRole[], at: number): GroupRole[] => {
  const line = groups[at];
  return line && at > 0 ? groups.toSpliced(at, 1).toSpliced(at - 1, 0, line) : [...groups];
};

interface LineProps {
  line: GroupRole;
  /** Its place in the table, from 0. */
  at: number;
  onOpen: () => void;
  onUp: () => void;
  onRemove: () => void;
}

function Line({ line: { group, role, scope }, at, onOpen, onUp, onRemove }: LineProps) {
  const { t } = useTranslation(['directory', 'accounts']);
  return (
    <tr>
      <td>{at + 1}</td>
      <td className="directory-group">{group}</td>
      <td>{t(`accounts:role.${role}`)}</td>
      <td>
        <Limits scope={scope} />
      </td>
      <td>
        <div className="directory-acts">
          <Button size="xs" variant="default" disabled={at === 0} onClick={onUp}>
            {t('up')}
            <span className="visually-hidden"> {group}</span>
          </Button>
          <Button size="xs" variant="default" onClick={onOpen}>
            {t('edit')}
            <span className="visually-hidden"> {group}</span>
          </Button>
          <Button size="xs" variant="default" onClick={onRemove}>
            {t('remove')}
            <span className="visually-hidden"> {group}</span>
          </Button>
        </div>
      </td>
    </tr>
  );
}

interface ActsProps {
  view: DirectoryView;
  groups: readonly GroupRole[];
  isChanged: boolean;
}

function Acts({ view, groups, isChanged }: ActsProps) {
  const { t } = useTranslation('directory');
  const save = useSaveGroups();
  const preview = usePreview();
  const { version, changedBy, changedAt, canLook } = view;
  return (
    <>
      {changedAt !== null && !isChanged && (
        <p className="quiet small">
          {t('changed', { by: changedBy })} <Moment at={changedAt} nowMs={Date.now()} />
        </p>
      )}
      {isChanged && <p role="status">{t('unsaved')}</p>}
      {save.error && <Failed error={save.error} />}
      <div className="directory-acts">
        {canLook && (
          <Button
            variant="default"
            loading={preview.isPending}
            onClick={() => preview.mutate([...groups])}
          >
            {t('preview')}
          </Button>
        )}
        <Button
          disabled={!isChanged}
          loading={save.isPending}
          onClick={() => save.mutate({ version, groups: [...groups] })}
        >
          {t('save')}
        </Button>
      </div>
      {preview.error && <Failed error={preview.error} />}
      {preview.data && JSON.stringify(preview.variables) === JSON.stringify(groups) && (
        <PreviewTable preview={preview.data} />
      )}
    </>
  );
}
