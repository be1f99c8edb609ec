import IconArrowLeft from '@tabler/icons-react/icons/IconArrowLeft';
import { Link, type LinkProps } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';

interface PageProps {
  title: string;
  /** Beside the title: what can be done here. */
  actions?: ReactNode;
  /** Where the page hangs. */
  back?: { to: NonNullable<LinkProps['to']>; text: string };
  children: ReactNode;
}

/** One screen inside the frame: its title (also of the window), its actions, its body. */
export function Page({ title, actions, back, children }: PageProps) {
  useWindowTitle(title);
  return (
    <div className="page">
      {back && (
        <Link to={back.to} className="page-back">
          <IconArrowLeft size={18} aria-hidden />
          {back.text}
        </Link>
      )}
      <div className="page-head">
        <h1>{title}</h1>
        {actions}
      </div>
      {children}
    </div>
  );
}

export function useWindowTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Vigie`;
  }, [title]);
}
