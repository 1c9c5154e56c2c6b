using System.Globalization;
using System.IO.Enumeration;

namespace Limpet.Resources.Linux;

/// <summary>Folders of <c>/proc</c> whose entries are numbers: processes, threads, descriptors. Allocates nothing per entry.</summary>
internal static class ProcFolder
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    public static ReadStatus TryList(string path, List<int> numbers)
    {
        numbers.Clear();
        try
        {
            FileSystemEnumerable<int> entries = new(path, Number, Everything) { ShouldIncludePredicate = IsNumber };
            foreach (int number in entries)
            {
                numbers.Add(number);
            }

            return ReadStatus.Ok;
        }
        catch (UnauthorizedAccessException)
        {
            return ReadStatus.Refused;
        }
        catch (IOException)
        {
            return ReadStatus.Gone;
        }
    }

    private static bool IsNumber(ref FileSystemEntry entry) => entry.FileName.Length > 0 && char.IsAsciiDigit(entry.FileName[0]);

    private static int Number(ref FileSystemEntry entry) => int.Parse(entry.FileName, NumberStyles.None, CultureInfo.InvariantCulture);
}
