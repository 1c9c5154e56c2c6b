namespace Limpet.Cli.Hunting.Options;

/// <summary>A word that was stated, and where.</summary>
/// <param name="Value">Its value: <see cref="string"/>, <see cref="long"/>, <see cref="bool"/>, <see cref="TimeSpan"/>, a list of texts or of name and value.</param>
/// <param name="Where">Where an error about it points, such as <c>hunt.json(3,5): budget</c> or <c>--budget</c>.</param>
internal sealed record StatedWord(object Value, string Where);
