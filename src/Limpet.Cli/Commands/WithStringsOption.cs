using System.CommandLine;
using System.CommandLine.Parsing;
using Limpet.Capture;

namespace Limpet.Cli.Commands;

/// <summary><c>--with-strings</c>: whether texts leave the process.</summary>
internal sealed class WithStringsOption
{
    public Option<bool> Option { get; } = new("--with-strings")
    {
        Description = "Also keep how the texts begin that many strings have, the first 80 characters; without it strings are known by length and hash",
    };

    public StringReading Read(ParseResult line) => line.GetValue(Option) ? StringReading.Texts : StringReading.Hashes;
}
