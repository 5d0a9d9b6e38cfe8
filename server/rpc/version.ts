// The version of Odoo whose names and habits the wire follows: clients decide by it what they may ask.

/** As `common.version` answers it. */
export const VERSION = {
  server_version: '18.0',
  server_version_info: [18, 0, 0, 'final', 0, ''],
  server_serie: '18.0',
  protocol_version: 1,
} as const;
