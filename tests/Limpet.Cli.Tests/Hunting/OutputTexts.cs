using Limpet.Cli.Hunting.Target;

namespace Limpet.Cli.Tests.Hunting;

internal static class OutputTexts
{
    public static string[] Texts(this OutputLines? output) => [.. output!.Last.Select(line => line.Text)];
}
