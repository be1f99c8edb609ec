import { inBoth } from '../../platform/i18n.ts';

export const citizenWords = inBoth(
  {
    place: 'Place {{label}}',
    'head.free': 'Cette place est libre',
    'head.parked': 'Jour {{day}} sur {{total}}',
    'head.overstay': 'Durée autorisée dépassée',
    'head.unknown': 'État inconnu',
    'head.fault': 'Borne en panne',
    colour: 'Couleur : {{name}}',
    left_one: 'Il reste {{count}} jour après celui-ci.',
    left_other: 'Il reste {{count}} jours après celui-ci.',
    leftNone: 'C’est le dernier jour autorisé.',
    blackFrom: 'La borne passera au noir le {{date}}.',
    blackSince: 'La borne est noire depuis le {{date}}.',
    overstayWhat: 'La police est prévenue et vient voir. Merci de libérer la place.',
    freeWhat: 'Le compte des jours commence dès qu’un véhicule s’y gare.',
    unknownWhat: 'Le capteur ne répond pas. Personne n’est mis en cause : le compte est suspendu.',
    faultWhat: 'La ville en est informée et la répare.',
    rule: 'La règle ici',
    'ruleText.arrival_one': 'Un véhicule peut rester {{count}} jour (24 heures) à cette place.',
    'ruleText.arrival_other':
      'Un véhicule peut rester {{count}} jours de suite à cette place. Chaque jour dure 24 heures, à partir de l’arrivée.',
    'ruleText.midnight_one': 'Un véhicule peut rester à cette place jusqu’à minuit.',
    'ruleText.midnight_other':
      'Un véhicule peut rester {{count}} jours de suite à cette place. Un nouveau jour commence à minuit.',
    ruleColours:
      'Chaque jour a sa couleur. Après le dernier, la borne devient noire et la police est prévenue.',
    legal: 'Texte : {{text}}',
    privacy:
      'La borne sait si la place est occupée. Elle ne photographie rien et ne lit aucune plaque.',
    unknownPlace: 'Cette place n’est pas connue ici.',
    unknownPlaceHint: 'L’étiquette est peut-être ancienne. Demandez à la mairie.',
    title: 'Borne de stationnement',
  },
  {
    place: 'Space {{label}}',
    'head.free': 'This space is free',
    'head.parked': 'Day {{day}} of {{total}}',
    'head.overstay': 'Allowed time used up',
    'head.unknown': 'State unknown',
    'head.fault': 'Bollard out of order',
    colour: 'Colour: {{name}}',
    left_one: '{{count}} day is left after this one.',
    left_other: '{{count}} days are left after this one.',
    leftNone: 'This is the last allowed day.',
    blackFrom: 'The bollard will turn black on {{date}}.',
    blackSince: 'The bollard has been black since {{date}}.',
    overstayWhat: 'The police have been told and will come to look. Please free the space.',
    freeWhat: 'The days are counted as soon as a vehicle parks here.',
    unknownWhat: 'The sensor does not answer. Nobody is blamed: the count is suspended.',
    faultWhat: 'The town knows and will repair it.',
    rule: 'The rule here',
    'ruleText.arrival_one': 'A vehicle may stay in this space for {{count}} day (24 hours).',
    'ruleText.arrival_other':
      'A vehicle may stay in this space for {{count}} days in a row. Each day lasts 24 hours, from arrival on.',
    'ruleText.midnight_one': 'A vehicle may stay in this space until midnight.',
    'ruleText.midnight_other':
      'A vehicle may stay in this space for {{count}} days in a row. A new day begins at midnight.',
    ruleColours:
      'Each day has its colour. After the last one the bollard turns black and the police are told.',
    legal: 'Text: {{text}}',
    privacy:
      'The bollard knows whether the space is taken. It takes no picture and reads no number plate.',
    unknownPlace: 'This space is not known here.',
    unknownPlaceHint: 'The label may be old. Ask at the town hall.',
    title: 'Parking bollard',
  },
);
