using System.Globalization;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary>Process ids as people write them.</summary>
internal static class PidText
{
    public static bool LooksLike(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    /// <exception cref="LimpetException">It is none.</exception>
    public static int Read(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && pid > 0
            ? pid
            : throw new LimpetException($"'{Escaping.Show(text, 60)}' is no process id. List the .NET processes with: limpet ps");
}
