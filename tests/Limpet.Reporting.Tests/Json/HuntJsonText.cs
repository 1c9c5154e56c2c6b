namespace Limpet.Reporting.Tests.Json;

/// <summary>What <see cref="Samples.Hunt"/> is in JSON.</summary>
internal static class HuntJsonText
{
    public const string Expected = """
        {
          "schema": "limpet.hunt/1",
          "tool": {
            "name": "limpet",
            "version": "1.2.3"
          },
          "startedAt": "2026-03-04T05:06:07.089Z",
          "durationSeconds": 12.3,
          "target": {
            "pid": 4242,
            "command": [
              "dotnet",
              "Shop.dll"
            ],
            "runtime": ".NET 10.0.12"
          },
          "environment": {
            "gc": "workstation"
          },
          "verdict": "Leak",
          "reason": "Shop.OrderView: +1.00 per operation in 8 of 8 rounds.",
          "operations": {
            "done": 1637,
            "failed": 2
          },
          "warnings": [
            "descriptors could not be read"
          ],
          "blindSpots": [
            "memory that the kernel holds for sockets"
          ],
          "budgets": [
            {
              "name": "max-rss",
              "limit": 200,
              "measured": 214.5,
              "broken": true
            }
          ],
          "findings": [
            {
              "kind": "ManagedLeak",
              "subject": "Shop.OrderView",
              "status": "New",
              "signature": "b2c1",
              "perOperation": {
                "count": 1,
                "bytes": 1432
              },
              "retained": {
                "count": 91,
                "bytes": 130312
              },
              "course": [
                null,
                91
              ],
              "readings": {
                "immediate": 104,
                "natural": 97,
                "settled": 91
              },
              "dose": {
                "expected": 2,
                "measured": 2.05
              },
              "seenUpToOperations": 1637,
              "source": {
                "file": "OrderView.cs",
                "line": 42
              },
              "confidence": "+1.00 per operation in 8 of 8 rounds.",
              "holder": {
                "root": {
                  "kind": "StaticField",
                  "name": "Shop.Bus.Changed"
                },
                "path": [
                  {
                    "type": "System.EventHandler",
                    "member": "_target",
                    "kind": "Field",
                    "meaning": "event handler, delegate target",
                    "leaking": "No",
                    "reason": "Bus is used by every round",
                    "suspect": true
                  },
                  {
                    "type": "Shop.OrderView",
                    "member": null,
                    "kind": null,
                    "leaking": "Yes",
                    "reason": "+1.00 per operation in 8 of 8 rounds",
                    "suspect": false
                  }
                ]
              },
              "hint": "OrderView..ctor (OrderView.cs:42) subscribes Bus.Changed; remove the handler when the view closes",
              "related": [
                {
                  "metric": "fds",
                  "perOperation": 1,
                  "detail": "file /var/log/shop/view-*.log"
                },
                {
                  "metric": "Shop.Line",
                  "perOperation": 3
                }
              ]
            }
          ],
          "measurements": {
            "noiseFloor": {
              "fds": 0,
              "managedBytes": 2048
            },
            "rounds": [
              {
                "kind": "Warmup",
                "operations": 13,
                "failed": 0,
                "atSeconds": 1.25,
                "stallSeconds": 0,
                "metrics": {
                  "threads": 14
                },
                "immediate": {}
              },
              {
                "kind": "Base",
                "operations": 1613,
                "failed": 2,
                "atSeconds": 11.5,
                "pausedSeconds": 2.5,
                "stallSeconds": 0.0125,
                "metrics": {
                  "fds": 91,
                  "managedBytes": 1300000,
                  "objects": 31250,
                  "threads": 14
                },
                "immediate": {
                  "fds": 92.5
                }
              }
            ]
          }
        }
        """ + "\n";
}
