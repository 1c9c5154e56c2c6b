using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>One column of the rounds of a hunt.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Number">By what a reader may sort; null where that is the text. No number is a reading that was not taken.</param>
/// <param name="Cell">What stands in it; null for nothing.</param>
internal sealed record RoundColumn(string Title, Func<RoundMeasurement, double?>? Number, Func<RoundMeasurement, string?> Cell)
{
    /// <summary>What stands in it; a dash for nothing.</summary>
    public string Text(RoundMeasurement round) => Cell(round) ?? "-";
}
