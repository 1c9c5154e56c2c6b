using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.ObjectPool;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Prints an invoice per operation, larger ones as time goes by, up to 120 pages. It draws page buffers from the shared array pool, text
/// from an object pool and a line from a builder of its thread: what was once needed at the same time stays in the pools.
/// </summary>
internal sealed class InvoicePrinting : HarmlessTarget
{
    private readonly InvoicePrinter _printer = new();

    public override Truth Truth => Truth.Harmless(
        "Page buffers and builders go back to their pools, which keep no more than the largest invoice of 120 pages needed at once.",
        "framework", "Clean", "Bounded");

    protected override double Cap => InvoicePrinter.MostPages;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        RequestSeal.Of(number);
        _printer.Print(number, Math.Min(1 + (number / 3), InvoicePrinter.MostPages), Subjects.Add);
    }
}

internal sealed class InvoicePrinter
{
    public const int MostPages = 120;

    private const int PageBytes = 3_000;
    private const int LinesPerPage = 12;

    private readonly ArrayPool<byte> _pages = ArrayPool<byte>.Create(maxArrayLength: 4_096, maxArraysPerBucket: MostPages);
    private readonly ObjectPool<StringBuilder> _builders = new DefaultObjectPoolProvider { MaximumRetained = 16 }.CreateStringBuilderPool();

    [ThreadStatic]
    private static StringBuilder? t_line;

    public long Printed { get; private set; }

    public void Print(int invoice, int pages, Action<object> onPage)
    {
        List<byte[]> buffers = new(pages);
        StringBuilder text = _builders.Get();
        try
        {
            for (int page = 1; page <= pages; page++)
            {
                byte[] buffer = _pages.Rent(PageBytes);
                buffers.Add(buffer);
                onPage(buffer);
                text.Clear();
                for (int line = 0; line < LinesPerPage; line++)
                {
                    text.AppendLine(Line(invoice, page, line));
                }

                Printed += Encoding.UTF8.GetBytes(text.ToString(), buffer);
            }
        }
        finally
        {
            _builders.Return(text);
            foreach (byte[] buffer in buffers)
            {
                _pages.Return(buffer);
            }
        }
    }

    private static string Line(int invoice, int page, int line)
    {
        StringBuilder builder = (t_line ??= new StringBuilder(128)).Clear();
        return builder
            .Append(CultureInfo.InvariantCulture, $"invoice {invoice}, page {page}, position {line}: ")
            .Append(CultureInfo.InvariantCulture, $"{(invoice * line % 97) + 0.99m} EUR")
            .ToString();
    }
}
