// Reads a .heapsnapshot with memlab and prints what memlab finds, as JSON in the last line:
//   NODE_PATH=FOLDER/node_modules node memlab-check.cjs FILE.heapsnapshot [NAME OF A TYPE]
// memlab comes from npm (npm i memlab@2.0.5 in a folder of its own) and is no part of this repository.
'use strict';
const { utils, analysis } = require('@memlab/core');

(async () => {
  const [file, name] = process.argv.slice(2);
  const snapshot = await utils.getSnapshotFromFile(file, { buildNodeIdIndex: true, verbose: false });
  const result = { nodes: snapshot.nodes.length, edges: snapshot.edges.length, synthetic: 0, rootEdges: 0, selfSize: 0, unreachable: 0, path: null };
  analysis.preparePathFinder(snapshot);
  snapshot.nodes.forEach(node => {
    result.selfSize += node.self_size;
    result.synthetic += node.type === 'synthetic' ? 1 : 0;
    result.rootEdges += node.type === 'synthetic' ? node.edge_count : 0;
    result.unreachable += node.id !== 1 && !node.hasPathEdge ? 1 : 0;
    if (result.path === null && name !== undefined && node.name === name) {
      // From the object up to the root, as memlab walks it.
      result.path = [node.name];
      for (let at = node; at.pathEdge; at = at.pathEdge.fromNode) {
        result.path.unshift(at.pathEdge.fromNode.name, String(at.pathEdge.name_or_index));
      }
    }
  });
  process.stdout.write('\n' + JSON.stringify(result) + '\n');
})();
