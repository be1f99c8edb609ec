import { inBoth } from '../../platform/i18n.ts';

export const demoWords = inBoth(
  {
    title: 'Boîte du commissariat',
    what: 'Ce que la police reçoit vraiment : le courrier du serveur de démonstration.',
    none: 'La boîte est vide.',
    noneHint:
      'Le premier message arrive quand une borne passe au noir, après une quarantaine de secondes.',
    from: 'De',
    to: 'À',
    date: 'Reçu',
    list: 'Messages reçus',
    asSent: 'Message mis en page',
    asText: 'Texte seul',
    html: 'Message mis en page : {{subject}}',
    clock: 'Horloge du stationnement',
    speed: '1 jour = {{seconds}} s',
  },
  {
    title: 'Police station’s inbox',
    what: 'What the police really receive: the mail of the demo’s own mail server.',
    none: 'The inbox is empty.',
    noneHint: 'The first message comes when a bollard turns black, after some forty seconds.',
    from: 'From',
    to: 'To',
    date: 'Received',
    list: 'Received messages',
    asSent: 'Message as laid out',
    asText: 'Text only',
    html: 'Message as laid out: {{subject}}',
    clock: 'Parking clock',
    speed: '1 day = {{seconds}} s',
  },
);
