namespace Limpet.Reporting.Html;

/// <summary>A cell of a table.</summary>
/// <param name="Text">What it shows.</param>
/// <param name="Class">How; <c>n</c> for a number.</param>
/// <param name="Number">What it is sorted by; null for its text.</param>
internal readonly record struct HtmlCell(string Text, string? Class = null, double? Number = null)
{
    /// <summary>A cell with a number; one that was not measured is less than all others.</summary>
    public static HtmlCell Of(double? number, string text) => new(text, "n", number ?? double.NegativeInfinity);
}
