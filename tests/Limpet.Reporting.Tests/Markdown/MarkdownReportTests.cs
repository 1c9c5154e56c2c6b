using Limpet.Reporting.Markdown;
using Limpet.Reporting.Tests.Html;
using Limpet.Reporting.Text;
using Limpet.Results;

namespace Limpet.Reporting.Tests.Markdown;

public sealed class MarkdownReportTests
{
    [Fact]
    public void Write_Hunt_HasVerdictFindingsAndFoldedTraces() => Text.Text.AssertUnderEveryCulture(
        """
        ### ❌ limpet hunt: Leak

        Shop.OrderView: +1.00 per operation in 8 of 8 rounds.

        1,637 operations done, 2 failed, in 12.3 s on process 4242 (.NET 10.0.12)

        | finding | kind | numbers | status |
        |---|---|---|---|
        | <code>Shop.OrderView</code> | ManagedLeak | 91 retained, +1.00 per operation, 127 KiB | new |

        | budget | state | measured | allowed |
        |---|---|---|---|
        | <code>max-rss</code> | broken | 214 B | 200 B |

        <details><summary>Warnings (1)</summary>

        - descriptors could not be read

        </details>

        <details><summary>Not seen (1)</summary>

        - memory that the kernel holds for sockets

        </details>

        <details><summary>ManagedLeak <code>Shop.OrderView</code></summary>

        ```text
        ManagedLeak  Shop.OrderView  91 retained, +1.00 per operation, 127 KiB
        ┬─── static field Shop.Bus.Changed
        ├─ System.EventHandler                          Leaking: no (Bus is used by every round)
        │    ↓ event handler, delegate target
        │                     ~~~~~~~~~~~~~~~
        ╰→ Shop.OrderView                               Leaking: yes (+1.00 per operation in 8 of 8 rounds)
           hint: OrderView..ctor (OrderView.cs:42) subscribes Bus.Changed; remove the handler when the view closes
           why: +1.00 per operation in 8 of 8 rounds.
           dose: 2 times the work, 2.05 times the growth (confirmed)
           readings: 104 immediate, 97 natural, 91 settled
           with it: fds +1.00 per operation (file /var/log/shop/view-*.log), Shop.Line +3.00 per operation
           seen up to 1,637 operations; a cap above 1,637 is not excluded
        ```

        </details>

        Next: <code>limpet hunt hunt.json</code> (again, when it is mended)

        """,
        () => MarkdownReport.Write(Samples.Hunt, new NextCommand("limpet hunt hunt.json", "again, when it is mended")));

    [Fact]
    public void Write_Watch_HasPhasesThatLeftSomethingAndBudgets() => Text.Text.AssertUnderEveryCulture(
        """
        ### ❌ limpet watch: Leak

        file /tmp/order-\*.log: 2 of 3 phases left 10 that are still open at the end

        2 phases in 3.5 s on process 4242, which ended with exit code 1; 3 processes; peak 60.0 MiB resident (50.0 MiB with shared pages once), 20 descriptors, 3 threads, 1 child

        | finding | kind | numbers | status |
        |---|---|---|---|
        | <code>file /tmp/order-\*.log</code> | ResourceLeak | 10 left, +3.33 per phase | new |
        | <code>private memory of python3</code> | NativeLeak | 30\.0 MiB at the end, +1.00 MiB per phase | new |

        | phase |  | left behind |
        |---|---|---|
        | <code>test\_a</code> | leaks | 5 × file /tmp/order-\*.log, 1.00 MiB of memory |

        | budget | state | measured | allowed |
        |---|---|---|---|
        | <code>max-rss</code> | kept | 60.0 MiB | 954 MiB |
        | <code>max-fds</code> | broken | 17 | 15 |
        | <code>return-to-baseline</code> | not measured | (not measured) | 10 % |

        <details><summary>Limits (2)</summary>

        - descriptor limit 1,024 in about 302 phases (250 to 400), 3 min; 17 used
        - memory limit of the control group 954 MiB in about 3 h; 477 MiB used

        </details>

        <details><summary>Warnings (1)</summary>

        - process 4250 (sleep 30) was left running

        </details>

        <details><summary>Not seen (1)</summary>

        - processes that lived for less than a tenth of a second

        </details>

        <details><summary>ResourceLeak <code>file /tmp/order-*.log</code></summary>

        ```text
        ResourceLeak  file /tmp/order-*.log  10 left, +3.33 per phase
           why: 2 of 3 phases left 10 that are still open at the end: test_a (5), test_b (5)
           of it: file /tmp/order-*.log +3.00 per phase, file /tmp/x +0.33 per phase
        ```

        </details>

        <details><summary>NativeLeak <code>private memory of python3</code></summary>

        ```text
        NativeLeak  private memory of python3  30.0 MiB at the end, +1.00 MiB per phase
           why: 3 of 3 phases took 1.00 MiB each
        ```

        </details>

        """,
        () => MarkdownReport.Write(Samples.Watch));

    [Theory]
    [InlineData("a*b*_c_", @"a\*b\*\_c\_")]
    [InlineData("List<Shop.Order>", "List&lt;Shop.Order&gt;")]
    [InlineData("a|b `c`", @"a\|b \`c\`")]
    [InlineData("see #12 or @all", @"see \#<!-- -->12 or @<!-- -->all")]
    [InlineData("https://evil.example www.evil.example", "https:<!-- -->//evil.example www<!-- -->.evil.example")]
    [InlineData("[a](b) ![c](d)", @"\[a\](b) !\[c\](d)")]
    [InlineData("- a", @"\- a")]
    [InlineData("+1 of 2.", @"\+1 of 2.")]
    [InlineData("12. a-b", @"12\. a-b")]
    [InlineData("=== a=b", @"\=== a=b")]
    [InlineData("$x$ &amp; \\", @"&#36;x&#36; &amp;amp; \\")]
    public void Text_WithMarkUp_StaysText(string text, string expected) => Assert.Equal(expected, MarkdownText.Of(text));

    [Fact]
    public void Fence_AroundFences_IsLonger() => Assert.Equal("`````text\na ```` b\n`````\n", MarkdownText.Fence("a ```` b\n"));

    [Fact]
    public void Write_HostileNames_StandInNoOtherPlace()
    {
        foreach (JudgedResult result in (JudgedResult[])[HostileNames.Hunt(HostileNames.Name), HostileNames.Watch(HostileNames.Name)])
        {
            string text = MarkdownReport.Write(result, new NextCommand(HostileNames.Name, HostileNames.Name));
            string[] lines = text.Split('\n');
            bool fenced = false;
            foreach (string line in lines)
            {
                if (line.StartsWith("```", StringComparison.Ordinal))
                {
                    fenced = !fenced;
                    continue;
                }

                // In a fence nothing is read but its end, which is longer than any in the names.
                Assert.True(fenced || !(line.Contains("<img", StringComparison.Ordinal) || line.Contains("<script", StringComparison.Ordinal)), line);
            }

            Assert.False(fenced);
            Assert.DoesNotContain(text, c => c is '\u2028' or '\u001b' or '\u202e' or '\0' or '\r');
        }
    }

    [Fact]
    public void Write_LongSentence_IsCutBetweenLettersAndCounted()
    {
        string markdown = MarkdownReport.Write(Samples.Watch with { Reason = new string('a', 299) + "🙂bbb", Warnings = [new string('c', 305)] });

        Assert.Contains(new string('a', 299) + "… (5 more)\n", markdown, StringComparison.Ordinal);
        Assert.Contains(new string('c', 300) + "… (5 more)\n", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_LongNextCommand_CanBeTyped()
    {
        string command = "limpet watch -- " + string.Join(' ', Enumerable.Repeat("word", 200));

        Assert.Contains(command, MarkdownReport.Write(Samples.Watch, new NextCommand(command)), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_MoreThanACommentTakes_IsCutAndSaysSo()
    {
        Finding finding = Samples.Leak with { Subject = new string('@', 2000), Confidence = new string('x', 5000) };
        HuntResult result = Samples.Hunt with
        {
            Reason = new string('#', 9000),
            Findings = [.. Enumerable.Repeat(finding, 200)],
            Warnings = [.. Enumerable.Repeat(new string('@', 9000), 50)],
        };
        string text = MarkdownReport.Write(result, new NextCommand("limpet ps"));
        Assert.InRange(text.Length, MarkdownReport.MostCharacters / 2, MarkdownReport.MostCharacters);
        Assert.Contains("more are not shown.", text, StringComparison.Ordinal);
        Assert.Contains("had no room here", text, StringComparison.Ordinal);
        Assert.EndsWith("\nNext: <code>limpet ps</code>\n", text, StringComparison.Ordinal);
    }
}
