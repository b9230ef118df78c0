// Makes what the tests look at, from the schema of records that declare all that can be declared.
import { document, generate } from "./files.mjs";
import { typesOf } from "./types.mjs";

const parcels = document("schemas/src/test/resources/dev/freshet/schemas/parcels.schema.json");
generate(import.meta.url, { "test/parcels.ts": typesOf(parcels) });
