namespace OrderDesk;

/// <summary>Reads the catalogue when somebody asks first, and keeps it: two megabytes, once. No leak.</summary>
public static class Catalogue
{
    private static readonly Lazy<byte[]> Pages = new(() => new byte[2 << 20]);

    public static int Count => Pages.Value.Length;
}
