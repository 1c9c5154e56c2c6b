using Limpet.Heap.Growth;

namespace Limpet.Heap.Tests.Growth;

public sealed class ContentSeriesTests
{
    [Fact]
    public void Contents_ElementsOfOneCollection_AreTheirNumbers() => Assert.Equal(
        "System.Collections.Generic.List<System.Int64> elements 10 20 30 40",
        Of((h, count) => h.Static("Shop.Log.durations").To(List(h, count))));

    [Fact]
    public void Contents_ArraysOfACollection_AreNotToldBesideItsElements() => Assert.Equal(
        "System.Collections.Generic.List<System.Int64> elements 10 20 30 40",
        Of((h, count) => h.Static("Shop.Log.durations").To(List(h, count, ("_items", h.Numbers("System.Int64[]").Sized(24 + (8 * count)))))));

    [Fact]
    public void Contents_PartsOfAQueue_AreOneQueue() => Assert.Equal(
        "System.Collections.Concurrent.ConcurrentQueue<System.Int64> elements 30 40 50 60",
        Of((h, count) => h.Static("Shop.Log.queue").To(h.Object("System.Collections.Concurrent.ConcurrentQueue<System.Int64>", ("_head", Segment(h, 20)), ("_tail", Segment(h, count))))));

    [Fact]
    public void Contents_PiecesOfAText_AreOneText() => Assert.Equal(
        "System.Text.StringBuilder elements 8010 8020 8030 8040",
        Of((h, count) => h.Static("Shop.Log.text").To(Text(h, 8_000 + count, Text(h, 8_000)))));

    [Fact]
    public void Contents_ATextThatGetsAPiece_IsStillOne() => Assert.True(Rounds.Of((h, count) =>
        h.Static("Shop.Log.text").To(count < 30 ? Text(h, 100 * count) : Text(h, 100 * count, Text(h, 2_000)))).ContentsSince(0).Single(content => content.IsInPieces).HoldersStay);

    [Fact]
    public void Contents_MoreTexts_AreNotTheSameOnes() => Assert.False(Rounds.Of((h, count) =>
        h.Static("Shop.Log.texts").To(h.Array("System.Text.StringBuilder[]", [.. Enumerable.Range(0, count).Select(_ => Text(h, 100))]).Sized(1000))).ContentsSince(0).Single(content => content.IsInPieces).HoldersStay);

    [Fact]
    public void Contents_CollectionThatComesToBeTold_DoesNotJump() => Assert.Equal(
        "System.Collections.Generic.List<System.Int64> elements 0 20 30 40, compared 0 5 15 25",
        Of((h, count) => h.Static("Shop.Log.durations").To(count < 16 ? h.Object("System.Collections.Generic.List<System.Int64>") : List(h, count)), compared: true));

    [Fact]
    public void Contents_TextThatGetsLonger_IsItsBytes() => Assert.Equal(
        "System.String bytes 104 184 264 344",
        Of((h, count) => h.Static("Shop.Log.text").To(h.String("x").Sized(24 + (8 * count)))));

    [Fact]
    public void Contents_MoreTexts_AreObjectsAndNoContents() => Assert.Equal(
        "",
        Of((h, count) => h.Static("Shop.Log.lines").To(h.Array("System.String[]", [.. Enumerable.Range(0, count).Select(_ => h.String("x"))]).Sized(1000))));

    [Fact]
    public void Contents_WhatIsTheSame_IsNone() => Assert.Equal("", Of((h, _) => h.Static("Shop.Log.durations").To(List(h, 100))));

    private static HeapObject List(Heap h, int count, params (string, HeapObject)[] fields) =>
        h.Object("System.Collections.Generic.List<System.Int64>", fields).With(FactKind.Elements, (ulong)count);

    private static HeapObject Text(Heap h, int count, params HeapObject[] before) =>
        h.Object("System.Text.StringBuilder", [("m_ChunkChars", h.Numbers("System.Char[]")), .. before.Select(piece => ("m_ChunkPrevious", piece))]).With(FactKind.Elements, (ulong)count);

    private static HeapObject Segment(Heap h, int count) =>
        h.Object("System.Collections.Concurrent.ConcurrentQueueSegment<System.Int64>").With(FactKind.Elements, (ulong)count);

    private static string Of(Action<Heap, int> describe, bool compared = false) => string.Join('\n', Rounds.Of(describe).ContentsSince(0)
        .Select(content => $"{content.Path.Type} {(content.IsElements ? "elements" : "bytes")} {string.Join(' ', content.Values)}{(compared ? $", compared {string.Join(' ', content.Compared)}" : "")}")
        .Order(StringComparer.Ordinal));
}
