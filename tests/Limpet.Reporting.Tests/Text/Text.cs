namespace Limpet.Reporting.Tests.Text;

/// <summary>Compares whole texts.</summary>
internal static class Text
{
    public static void AssertUnderEveryCulture(string expected, Func<string> write)
    {
        int cultures = 0;
        foreach (var (culture, text) in Cultures.Under(write))
        {
            Assert.True(expected == text, $"Under culture '{culture}':\n{text}\nExpected:\n{expected}");
            cultures++;
        }

        Assert.Equal(3, cultures);
    }
}
