import type { AuditVerification } from '@vigie/contracts/audit';

/** What is written about the log to who keeps its head elsewhere. French first, then English. */
export function headMail(
  { rows, first, head, faults }: AuditVerification,
  town: string,
): { subject: string; text: string } {
  const check = `vigie audit verify --head ${head.hash}`;
  if (faults.length === 0)
    return {
      subject: `Vigie ${town} : empreinte du journal, ligne ${head.seq}`,
      text: [
        `Le journal des actions est entier : ${rows} lignes, de ${first} à ${head.seq}. Gardez ce message : si la fin du journal est coupée plus tard, il le montre.`,
        `The log of acts is whole: ${rows} rows, ${first} to ${head.seq}. Keep this message: against it a tail that is cut off later shows.`,
        check,
      ].join('\n\n'),
    };
  return {
    subject: `Vigie ${town} : le journal des actions a été modifié`,
    text: [
      'Le journal n’est plus tel qu’il a été écrit. Gardez une copie de la base de données et cherchez qui y a eu accès.',
      'The log is not as it was written. Keep a copy of the database, and look for who had access to it.',
      faults.map(({ text }) => text).join('\n'),
    ].join('\n\n'),
  };
}
