// Writes these files with another writer, arrow-rs: npm i parquet-wasm@0.8.0 apache-arrow@21.2.0 && node make.mjs
import * as arrow from "apache-arrow";
import { Table, writeParquet, WriterPropertiesBuilder, Compression, WriterVersion } from "parquet-wasm";
import { writeFileSync } from "node:fs";

const rows = 300;
const text = Array.from({ length: rows }, (_, i) => (i === 7 ? null : `größe ${i % 10} 日本`));
const label = Int32Array.from({ length: rows }, (_, i) => i % 3);
const score = Float64Array.from({ length: rows }, (_, i) => i / 8);
const good = Array.from({ length: rows }, (_, i) => i % 2 === 0);
const table = arrow.tableToIPC(arrow.tableFromArrays({ text, label, score, good }), "stream");
for (const codec of ["SNAPPY", "ZSTD", "LZ4_RAW", "GZIP"])
  for (const version of [1, 2]) {
    const properties = new WriterPropertiesBuilder()
      .setCompression(Compression[codec])
      .setWriterVersion(WriterVersion[`V${version}`])
      .setMaxRowGroupSize(200)
      .build();
    writeFileSync(`${codec.toLowerCase()}-v${version}.parquet`, writeParquet(Table.fromIPCStream(table), properties));
  }
