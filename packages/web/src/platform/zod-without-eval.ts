import * as z from 'zod';

// The server forbids code that is made from text; zod would try whether it may. Imported before the first schema.
z.config({ jitless: true });
