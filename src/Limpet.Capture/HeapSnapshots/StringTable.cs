namespace Limpet.Capture.HeapSnapshots;

/// <summary>The texts of a <c>.heapsnapshot</c>, which nodes and edges refer to by number. As many as there are types, members and roots.</summary>
internal sealed class StringTable
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<string> texts = [];

    public IReadOnlyList<string> Texts => texts;

    public int NumberOf(string text)
    {
        if (!numbers.TryGetValue(text, out int number))
        {
            number = texts.Count;
            numbers.Add(text, number);
            texts.Add(text);
        }

        return number;
    }
}
