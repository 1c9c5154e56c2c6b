using Limpet.Heap.Inspection;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary>The words of <c>--sort</c>.</summary>
internal static class SortWord
{
    /// <exception cref="LimpetException">It is none of those that the command allows.</exception>
    public static TypeOrder Read(string text, params string[] allowed) => !allowed.Contains(text)
        ? throw new LimpetException($"--sort is \"{Escaping.Show(text, 60)}\", and must be {string.Join(", ", allowed[..^1])} or {allowed[^1]}.")
        : text switch
        {
            "count" => TypeOrder.Count,
            "bytes" => TypeOrder.Bytes,
            _ => TypeOrder.Retained,
        };
}
