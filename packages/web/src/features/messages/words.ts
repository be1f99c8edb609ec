import { inBoth } from '../../platform/i18n.ts';

export const messagesWords = inBoth(
  {
    title: 'Messages',
    none: 'Aucun message n’est encore parti.',
    noneHint: 'Un message part à la police dès qu’un dossier s’ouvre.',
    case: 'Dossier',
    'status.queued': 'En attente',
    'status.sent': 'Envoyé',
    'status.failed': 'Échec',
    'status.withdrawn': 'Retiré',
    tries_one: '{{count}} essai',
    tries_other: '{{count}} essais',
    hint: '« Envoyé » : remis au serveur de courrier. Seule la prise en compte du dossier dit que quelqu’un l’a lu.',
  },
  {
    title: 'Messages',
    none: 'No message has gone out yet.',
    noneHint: 'A message goes to the police as soon as a case opens.',
    case: 'Case',
    'status.queued': 'Waiting',
    'status.sent': 'Sent',
    'status.failed': 'Failed',
    'status.withdrawn': 'Withdrawn',
    tries_one: '{{count}} try',
    tries_other: '{{count}} tries',
    hint: '“Sent”: handed to the mail server. Only the acknowledgement of the case says that somebody read it.',
  },
);
