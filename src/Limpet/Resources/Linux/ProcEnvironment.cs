using System.Text;

namespace Limpet.Resources.Linux;

/// <summary>Single values from the environment that a process was started with. Nothing else of it is kept.</summary>
internal static class ProcEnvironment
{
    public static string? Value(ReadOnlySpan<byte> environ, ReadOnlySpan<byte> name)
    {
        while (!environ.IsEmpty)
        {
            int end = environ.IndexOf((byte)0);
            ReadOnlySpan<byte> entry = end < 0 ? environ : environ[..end];
            if (entry.Length > name.Length && entry[name.Length] == (byte)'=' && entry.StartsWith(name))
            {
                return Encoding.UTF8.GetString(entry[(name.Length + 1)..]);
            }

            environ = end < 0 ? [] : environ[(end + 1)..];
        }

        return null;
    }
}
