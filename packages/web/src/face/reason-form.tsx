import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Failed } from './notice.tsx';

interface ReasonFormProps {
  label: string;
  description: string;
  /** Shown when the reason is too short. */
  missing: string;
  confirm: string;
  /** Least length in characters; 0: it may be left out. */
  fewest?: number;
  error?: Error | null;
  isPending?: boolean;
  /** Without blanks around it. */
  onReason: (reason: string) => void;
}

/** Asks why, before something is done that is kept with its reason. */
export function ReasonForm({ fewest = 1, onReason, ...props }: ReasonFormProps) {
  const { label, description, missing, confirm, error, isPending = false } = props;
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const reason = text.trim();
  const isEnough = reason.length >= fewest;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isEnough) onReason(reason);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Textarea
        label={label}
        description={description}
        data-autofocus
        maxLength={500}
        autosize
        minRows={2}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={tried && !isEnough && missing}
      />
      {error && <Failed error={error} />}
      <Button mt="md" type="submit" loading={isPending}>
        {confirm}
      </Button>
    </form>
  );
}
