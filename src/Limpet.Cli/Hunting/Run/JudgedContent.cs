using Limpet.Heap.Growth;
using Limpet.Verdicts;

namespace Limpet.Cli.Hunting.Run;

/// <summary>What grows inside the objects of one path, judged.</summary>
internal sealed record JudgedContent(ContentSeries Series, Judgement Judgement);
