using System.Runtime.CompilerServices;
using Newtonsoft.Json.Linq;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// A price list arrives as a JSON document. The label of its currency is interned in a table by document, as a token and not as text, and a
/// token knows its parent: with the leaf stays the tree, some 400 objects: 1 JValue of the table per operation.
/// </summary>
/// <remarks><code>
/// CurrencyTable ─_labels→ Dictionary&lt;int, JToken&gt; ─→ JValue ─_parent→ JProperty ─_parent→ JObject ─→ … the whole document
/// </code></remarks>
internal sealed class CurrencyLabels : HardLeak
{
    private readonly CurrencyTable _table = new();

    public override Truth Truth => Truth.Leak(
        "CurrencyTable._labels keeps one JValue of every price list, and by its parent the whole document.",
        "Newtonsoft.Json 13.0.1",
        FindingTruth.Entries(typeof(JValue).FullName!, 1, "CurrencyTable", "_labels"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_table.Import(number, PriceListSource.Download(number)));
}

internal static class PriceListSource
{
    public static string Download(int number) => $$"""
        { "list": {{number}}, "currency": "EUR",
          "prices": [ {{string.Join(',', Enumerable.Range(1, 40).Select(article => $$"""{ "article": {{article}}, "cents": {{article * 7}} }"""))}} ] }
        """;
}

internal sealed class CurrencyTable
{
    private readonly Dictionary<int, JToken> _labels = [];
    private long _cents;

    public JToken Import(int number, string json)
    {
        JObject document = JObject.Parse(json);
        JToken currency = document["currency"]!;
        _cents += document["prices"]!.Sum(price => price.Value<long>("cents"));
        return _labels[number] = currency;
    }
}
