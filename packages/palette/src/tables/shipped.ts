/** Written by `npm run palette:search`. By allowed days: rrggbb of each day in turn, black left out. */
export const SHIPPED: Readonly<Record<number, string>> = {
  7: '00785571ff7f8000d6ffdefabe001900a0ffd59400',
  14: '8e837c0531c5ff99009da9ffff0d010cb8be683d00fcffff9b0051fff500005e5f00ff9add03ff048d18',
};
