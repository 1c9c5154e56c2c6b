namespace OrderDesk;

/// <summary>Writes what happens into a file, and never closes it: this is the leak.</summary>
public static class Journal
{
    private static readonly List<Stream> Open = [];

    public static void Write(string line)
    {
        FileStream file = new(Path.Combine(Path.GetTempPath(), "order-desk-journal.txt"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        file.Write(System.Text.Encoding.UTF8.GetBytes(line));
        Open.Add(file);
    }
}
