using System.CommandLine;
using System.Globalization;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary>The option <c>--top</c>: how many lines a list has.</summary>
internal sealed class TopOption(string description, int otherwise = 20, int most = 100_000)
{
    /// <summary>The option.</summary>
    public Option<string> Option { get; } = new("--top")
    {
        HelpName = "N",
        Description = description,
        DefaultValueFactory = _ => otherwise.ToString(CultureInfo.InvariantCulture),
    };

    /// <exception cref="LimpetException">The value is no number in range.</exception>
    public int Read(ParseResult line)
    {
        string text = line.GetValue(Option)!;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int top) && top > 0 && top <= most
            ? top
            : throw new LimpetException(string.Create(CultureInfo.InvariantCulture, $"--top is \"{Escaping.Show(text, 60)}\", and must be a number from 1 to {most}."));
    }
}
