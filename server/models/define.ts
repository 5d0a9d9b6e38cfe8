// The words a model is declared in. A model is data in its feature's folder: fields, acts, sources.
import type { RawBuilder } from 'kysely';
import type { Member } from '../store/caller.ts';

/** What a caller says beside the arguments, as Odoo's clients do. */
export interface Context {
  lang?: string;
  tz?: string;
  active_test?: boolean;
  allowed_company_ids?: number[];
  bin_size?: boolean;
  [key: string]: unknown;
}

/** A caller of the registry: a member, their context, and the reason when full powers were asked for. */
export type Asker = Member & {
  context: Context;
  /** Set by `asSystem` alone: rights and rules are passed over for this reason. */
  system?: string;
};

/** Operations that rights are granted for. */
export type Operation = 'read' | 'write' | 'create' | 'unlink';

/** The row a computed field is computed for: names a column of the model's own table as SQL. */
export interface Row {
  column(name: string): RawBuilder<unknown>;
  /** Who asks, for fields that depend on it. */
  asker: Asker;
}

interface Common {
  /** Column of the model's table, where it is not the field's own name. */
  column?: string;
  /** Computed: an expression over the row. Such a field is read-only unless an act writes it. */
  sql?: (row: Row) => RawBuilder<unknown>;
  required?: boolean;
  readonly?: boolean;
  /** Fields the database makes it from: one of them will do where it is required. */
  madeFrom?: readonly string[];
  /** Stored, but sent to nobody: reads as an empty text. Only an act can write it. */
  secret?: boolean;
  /** External ids of the groups that may read and write it; an empty list is nobody. */
  groups?: readonly string[];
  /** Whether `copy` takes it along; true for stored fields. */
  copied?: boolean;
  default?: ((asker: Asker) => unknown) | string | number | boolean;
  /** On res.users: what people may do to it on themselves without rights on the model. */
  own?: 'read' | 'write';
  /** Written by an act of the model: the generic write hands it over instead of storing it. */
  acted?: boolean;
  /** Shown to people with the Technical Features group only. */
  technical?: boolean;
}

interface Plain extends Common {
  kind: 'boolean' | 'integer' | 'float' | 'date' | 'datetime' | 'html' | 'binary';
}
interface Textual extends Common {
  kind: 'char' | 'text';
  /** Stored as jsonb by language code; read in `context.lang`. */
  translated?: boolean;
  /** Column that keeps it without case and accents (`fold_text`), so that an index can serve. */
  folded?: string;
  /** Longest, in characters. */
  size?: number;
}
interface Selection extends Common {
  kind: 'selection';
  /** Keys, in order; their labels are `choice.<model>.<field>.<key>` or `choice.<field>.<key>`. */
  options: readonly string[] | ((asker: Asker) => Promise<[string, string][]>);
}
interface ManyToOne extends Common {
  kind: 'many2one';
  to: string;
  onDelete?: 'restrict' | 'cascade' | 'set null';
}
interface OneToMany extends Common {
  kind: 'one2many';
  to: string;
  /** The many2one on the other model that points here. */
  by: string;
}
interface ManyToMany extends Common {
  kind: 'many2many';
  to: string;
  /** The table of pairs and its two columns; without it the field is computed by `ids`. */
  pairs?: { table: string; own: string; other: string };
  /** Computed: a select of one column, the numbers on the other side. */
  ids?: (row: Row) => RawBuilder<unknown>;
}

/** A field of a model. A closed set of kinds. */
export type Field = Plain | Textual | Selection | ManyToOne | OneToMany | ManyToMany;

/** The kinds of fields. */
export type Kind = Field['kind'];

/** What a method is handed: the asker inside the call's transaction, and its arguments by name. */
export interface Handed {
  asker: Asker;
  model: Model;
  /** Record numbers, for methods of records; empty for methods of the model. */
  ids: number[];
  /** The other arguments by name; one that was not given is undefined. */
  named: Record<string, unknown>;
}

/** A method that may be called from outside. */
export interface Act {
  /** Whether it takes record numbers first. */
  ids?: boolean;
  /** Its other arguments, in order; a name that ends in `?` may be left out. */
  params?: readonly string[];
  /** Needed right on the model; an act without it asks for itself. */
  needs?: Operation;
  /** Whether it changes nothing: what a read-only key may call. */
  reads?: boolean;
  /** Opens its own transactions: for an act whose failure must be remembered. */
  alone?: boolean;
  /** Answers plain data, or null. Throws refusals. */
  run(handed: Handed): Promise<unknown>;
}

/** Default rights of a model: by group external id (`*` for everybody), letters of r, w, c and u. */
export type DefaultRights = Readonly<Record<string, string>>;

/** A default record rule: `groups` empty means global; `domain` as Odoo writes them. */
export interface DefaultRule {
  name: string;
  domain: string;
  groups: readonly string[];
  /** Letters of r, w, c and u; all without it. */
  operations?: string;
}

/** A filter that its list offers; its label is `filter.<model>.<name>` or `filter.<name>`. */
export interface ListFilter {
  name: string;
  /** One expression: several terms are joined by a prefix operator. */
  domain: readonly unknown[];
  /** Filters that share this word are joined by or; all others by and. */
  among?: string;
  /** On when the list is opened. */
  preset?: boolean;
}

/** A declared model. */
export interface ModelDeclaration {
  /** Odoo's name: `res.partner`. */
  name: string;
  /** Its table of the tenant; or `source` for rows that are not a table's. */
  table?: string;
  /** A select in parentheses; its columns must include `id`. Such a model is read-only but for acts. */
  source?: (asker: Asker) => RawBuilder<unknown>;
  /** A table every tenant reads and none writes: it has no tenant column. */
  shared?: boolean;
  /** Whether its table keeps who made and changed a row, and when; true for tables of the tenant. */
  audited?: boolean;
  /** The many2one whose target's fields are this model's too (Odoo's delegation). */
  delegates?: { field: string; to: string };
  /** Field that names a record; `name` without it. May be computed. */
  label?: string;
  /** Fields that `name_search` looks in; the label without it. */
  searched?: readonly string[];
  /** One folded column that holds all of `searched`: what a search by a piece of text reads. */
  searchedColumn?: string;
  /** Standard order, as a client would write it; `id` without it. */
  order?: string;
  /** Field of the tree that `child_of` walks; `parent_id` without it. */
  parent?: string;
  fields: Readonly<Record<string, Field>>;
  /** Verbs taken over and methods added, by name. */
  acts?: Readonly<Record<string, Act>>;
  rights: DefaultRights;
  rules?: readonly DefaultRule[];
  /** Screens: columns of the list, and of the form by tab; all stored fields without it. */
  list?: readonly string[];
  form?: readonly { tab?: string; fields: readonly string[] }[];
  filters?: readonly ListFilter[];
}

/** A model of the registry: its declaration, completed. */
export interface Model extends ModelDeclaration {
  /** Stable number of the model, the same in every database and version. */
  id: number;
  /** All fields: its own, the standing ones (`id`, `display_name`, …) and the delegated ones. */
  all: ReadonlyMap<string, ModelField>;
  label: string;
}

/** A field in its model. */
export type ModelField = Field & {
  name: string;
  /** Stable number of the field. */
  id: number;
  /** The field lives on the delegate. */
  delegated: boolean;
  /** Kept in a column: can be sorted and grouped by. */
  stored: boolean;
};

/** Declares a model; types it and nothing more. */
export function defineModel(declaration: ModelDeclaration): ModelDeclaration {
  return declaration;
}
