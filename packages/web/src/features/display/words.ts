import { inBoth } from '../../platform/i18n.ts';

export const displayWords = inBoth(
  {
    place: 'Place {{label}}',
    'face.day': 'Jour {{day}} sur {{total}}',
    'face.overstay': 'Durée dépassée',
    'face.free': 'Place libre',
    'face.unknown': 'État inconnu',
    'face.fault': 'En panne',
    'face.waiting': 'En attente du serveur',
    noContact: 'Sans contact depuis {{since}}',
    refused: 'Écran non autorisé.',
    refusedHint: 'Demandez un nouveau jeton à l’administrateur.',
  },
  {
    place: 'Space {{label}}',
    'face.day': 'Day {{day}} of {{total}}',
    'face.overstay': 'Over time',
    'face.free': 'Free space',
    'face.unknown': 'State unknown',
    'face.fault': 'Out of order',
    'face.waiting': 'Waiting for the server',
    noContact: 'No contact for {{since}}',
    refused: 'This screen has no right to be here.',
    refusedHint: 'Ask the administrator for a new token.',
  },
);
