namespace Limpet.Reporting.Text;

/// <summary>What a piece of text is, which decides its colour.</summary>
internal enum Ink
{
    /// <summary>In the terminal's own colour.</summary>
    Plain,

    /// <summary>Headings and subjects.</summary>
    Strong,

    /// <summary>Leaks, hangs, broken budgets.</summary>
    Bad,

    /// <summary>Undecided, warnings, suspects.</summary>
    Doubt,

    /// <summary>A pass.</summary>
    Good,

    /// <summary>Things beside the matter.</summary>
    Faint,
}
