// Made by npm run build:client of the OpenAPI document f2044b66ff71c43c4970d64d37420e8db6dd6ceb9b5eac425a870cddab9967d1

type Failed = { content: { "application/json": components["schemas"]["Problem"] } };
export interface paths {
  "/account/factors": {
    parameters: {
    };
    /** One's own second factors */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              totp: {
                since: components["schemas"]["Instant"];
              } | null;
              passkeys: {
                id: number;
                name: string;
                createdAt: components["schemas"]["Instant"];
                lastUsedAt: components["schemas"]["Instant"] | null;
              }[];
              recoveryCodesLeft: number;
              passkeysPossible: boolean;
              origin: string;
              required: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/account/identities": {
    parameters: {
    };
    /** Where one's own account can be signed in to besides here */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                provider: {
                  id: number;
                  name: string;
                };
                email: string;
                since: components["schemas"]["Instant"];
                lastUsedAt: components["schemas"]["Instant"];
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/account/identities/{provider}": {
    parameters: {
    };
    /** Parts one's own account from a provider; sessions that came by it end */
    delete: {
      parameters: {
        path: {
          provider: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/account/passkeys": {
    parameters: {
    };
    /** Keeps the passkey that the browser made */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            name: string;
            passkey: {
              id: string;
              rawId: string;
              /** @enum {string} */
              type: "public-key";
              /** @enum {string} */
              authenticatorAttachment?: "platform" | "cross-platform";
              clientExtensionResults: {
                [key: string]: unknown;
              };
              response: {
                clientDataJSON: string;
                attestationObject: string;
                transports?: string[];
              };
            };
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              recoveryCodes: string[] | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/account/passkeys/challenge": {
    parameters: {
    };
    /** What a new passkey is to be made for */
    post: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              [key: string]: unknown;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/account/passkeys/{id}": {
    parameters: {
    };
    /** Removes a passkey, and ends all other sessions */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Renames a passkey */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              createdAt: components["schemas"]["Instant"];
              lastUsedAt: components["schemas"]["Instant"] | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/account/recovery-codes": {
    parameters: {
    };
    /** Makes ten new recovery codes, told once; those before are void */
    post: {
      parameters: {
      };
      responses: {
        201: {
          content: {
            "application/json": {
              recoveryCodes: string[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/account/sessions": {
    parameters: {
    };
    /** Where one is signed in */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                browser: string | null;
                system: string | null;
                address: string;
                firstSeenAt: components["schemas"]["Instant"];
                lastSeenAt: components["schemas"]["Instant"];
                isThis: boolean;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Signs out everywhere but here */
    delete: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              ended: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/account/sessions/{id}": {
    parameters: {
    };
    /** Signs out there */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/account/totp": {
    parameters: {
    };
    /** A secret for an authenticator app, which counts once a code confirms it */
    post: {
      parameters: {
      };
      responses: {
        201: {
          content: {
            "application/json": {
              uri: string;
              secret: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Removes the authenticator app, and ends all other sessions */
    delete: {
      parameters: {
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/account/totp/confirm": {
    parameters: {
    };
    /** Shows that the app makes the right codes: from now on they are asked for */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            code: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              recoveryCodes: string[] | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/agents": {
    parameters: {
    };
    /** Agents by name */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          q?: string;
          archived?: "true" | "false";
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                name: string;
                email: string;
                /** @enum {string} */
                role: "admin" | "lead" | "agent" | "viewer";
                customRole: components["schemas"]["NameRef"] | null;
                teams: components["schemas"]["NameRef"][];
                active: boolean;
                /** @enum {string} */
                sees: "all" | "own_teams";
                onlyBrands: number[] | null;
                onlyMailboxes: number[] | null;
                createdAt: components["schemas"]["Instant"];
                lastSeenAt: components["schemas"]["Instant"] | null;
                hasFactor: boolean | null;
                picture: string | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds an agent, who is invited to choose a password unless a program adds them */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            name: string;
            email: string;
            /** @enum {string} */
            role: "admin" | "lead" | "agent" | "viewer";
            roleId?: number | null;
            teams?: number[];
            onlyBrands?: number[] | null;
            onlyMailboxes?: number[] | null;
            password?: string;
            /** @enum {string} */
            invite?: "mail" | "link";
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              name: string;
              email: string;
              /** @enum {string} */
              role: "admin" | "lead" | "agent" | "viewer";
              customRole: components["schemas"]["NameRef"] | null;
              teams: components["schemas"]["NameRef"][];
              active: boolean;
              /** @enum {string} */
              sees: "all" | "own_teams";
              onlyBrands: number[] | null;
              onlyMailboxes: number[] | null;
              createdAt: components["schemas"]["Instant"];
              lastSeenAt: components["schemas"]["Instant"] | null;
              hasFactor: boolean | null;
              picture: string | null;
              invitation: {
                mailedTo: string | null;
                url: string | null;
              } | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/agents/{id}": {
    parameters: {
    };
    /** One agent */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              email: string;
              /** @enum {string} */
              role: "admin" | "lead" | "agent" | "viewer";
              customRole: components["schemas"]["NameRef"] | null;
              teams: components["schemas"]["NameRef"][];
              active: boolean;
              /** @enum {string} */
              sees: "all" | "own_teams";
              onlyBrands: number[] | null;
              onlyMailboxes: number[] | null;
              createdAt: components["schemas"]["Instant"];
              lastSeenAt: components["schemas"]["Instant"] | null;
              hasFactor: boolean | null;
              picture: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Changes an agent; a new role, password or deactivation ends its sessions */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            email?: string;
            /** @enum {string} */
            role?: "admin" | "lead" | "agent" | "viewer";
            roleId?: number | null;
            teams?: number[];
            onlyBrands?: number[] | null;
            onlyMailboxes?: number[] | null;
            active?: boolean;
            /** @enum {string} */
            sees?: "all" | "own_teams";
            password?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              email: string;
              /** @enum {string} */
              role: "admin" | "lead" | "agent" | "viewer";
              customRole: components["schemas"]["NameRef"] | null;
              teams: components["schemas"]["NameRef"][];
              active: boolean;
              /** @enum {string} */
              sees: "all" | "own_teams";
              onlyBrands: number[] | null;
              onlyMailboxes: number[] | null;
              createdAt: components["schemas"]["Instant"];
              lastSeenAt: components["schemas"]["Instant"] | null;
              hasFactor: boolean | null;
              picture: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/agents/{id}/factors": {
    parameters: {
    };
    /** Takes all second factors from an agent who lost them, and ends its sessions */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              ended: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/agents/{id}/identities": {
    parameters: {
    };
    /** Where an agent signs in besides here */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                provider: {
                  id: number;
                  name: string;
                };
                email: string;
                since: components["schemas"]["Instant"];
                lastUsedAt: components["schemas"]["Instant"];
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/agents/{id}/identities/{provider}": {
    parameters: {
    };
    /** Parts an agent from a provider; sessions that came by it end */
    delete: {
      parameters: {
        path: {
          id: number;
          provider: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/agents/{id}/invitation": {
    parameters: {
    };
    /** Gives an agent a link to choose a password by: mailed, or shown once; never to a token */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            /** @enum {string} */
            invite: "mail" | "link";
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              mailedTo: string | null;
              url: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/agents/{id}/picture": {
    parameters: {
    };
    /** The picture of an agent */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/agents/{id}/rights": {
    parameters: {
    };
    /** What an agent may do, and why: which role gives it, which wall takes it */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              role: {
                name: string;
                custom: boolean;
              };
              items: {
                /** @enum {string} */
                action: "ticket.read" | "ticket.create" | "ticket.update" | "ticket.assign" | "ticket.reply" | "ticket.send_unasked" | "ticket.note" | "ticket.merge" | "ticket.split" | "ticket.spam" | "ticket.reopen_closed" | "ticket.close" | "ticket.delete" | "ticket.undo_any" | "ticket.review" | "ticket.bulk" | "ticket.import" | "mail.receive" | "people.read" | "people.write" | "people.managers" | "desk.read" | "settings.write" | "sla.write" | "routing.write" | "routing.lead" | "agents.write" | "roles.write" | "sign_in.write" | "directory.write" | "teams.write" | "fields.write" | "categories.write" | "taxonomy.merge" | "tags.write" | "views.write" | "macros.write" | "macros.share" | "articles.read" | "articles.write" | "views.share" | "tokens.write" | "mailboxes.read" | "mailboxes.write" | "outbox.read" | "outbox.retry" | "quarantine.read" | "quarantine.decide" | "senders.domains" | "imports.write" | "mails.read" | "mail_policy.write" | "rules.read" | "rules.write" | "rules.publish" | "config.publish_without_backtest" | "webhooks.write" | "assistant.read" | "assistant.judge" | "assistant.write" | "privacy.write" | "backups.write" | "metrics.read" | "audit.read";
                allowed: boolean;
                /** @enum {string} */
                because: "role" | "not_in_role" | "wall" | "deactivated";
              }[];
              sight: {
                teams: components["schemas"]["NameRef"][] | null;
                brands: components["schemas"]["NameRef"][] | null;
                mailboxes: components["schemas"]["NameRef"][] | null;
                limitedBy: ("role" | "agent")[];
              };
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/agents/{id}/sessions": {
    parameters: {
    };
    /** Ends all sessions of an agent */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              ended: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/alerts": {
    parameters: {
    };
    /** Replies of the caller that did not arrive, and mailboxes that fail */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                /** @enum {string} */
                kind: "no_way_out" | "undelivered" | "mailbox" | "kept" | "foretold" | "foretold_mails" | "archived_team" | "certificate" | "backup_failed" | "backup_late";
                id: number | null;
                ticketId: number | null;
                mailboxId: number | null;
                ruleId: number | null;
                providerId?: number;
                /** @enum {string} */
                feeder?: "mailbox" | "form" | "hook" | "rule";
                address: string;
                detail: string;
                at: components["schemas"]["Instant"];
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/alerts/{id}/seen": {
    parameters: {
    };
    /** Marks an alert of the caller as seen */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/articles": {
    parameters: {
    };
    /** Articles, the last changed first, or those with every word of a search */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          q?: string;
          typing?: "true" | "false";
          status?: "draft" | "published" | "archived";
          language?: string;
          section?: number;
          audience?: "public" | "agents";
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                title: string;
                slug: string;
                language: string;
                section: components["schemas"]["NameRef"] | null;
                /** @enum {string} */
                audience: "public" | "agents";
                /** @enum {string} */
                status: "draft" | "published" | "archived";
                version: number;
                author: components["schemas"]["NameRef"];
                createdAt: components["schemas"]["Instant"];
                updatedAt: components["schemas"]["Instant"];
                publishedAt: components["schemas"]["Instant"] | null;
                url: string | null;
                excerpt: string;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds an article, a draft unless said otherwise */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            title: string;
            body?: string;
            slug?: string;
            language?: string;
            section?: number | null;
            translationOf?: number | null;
            /** @enum {string} */
            audience?: "public" | "agents";
            /** @enum {string} */
            status?: "draft" | "published" | "archived";
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              title: string;
              slug: string;
              language: string;
              section: components["schemas"]["NameRef"] | null;
              /** @enum {string} */
              audience: "public" | "agents";
              /** @enum {string} */
              status: "draft" | "published" | "archived";
              version: number;
              author: components["schemas"]["NameRef"];
              createdAt: components["schemas"]["Instant"];
              updatedAt: components["schemas"]["Instant"];
              publishedAt: components["schemas"]["Instant"] | null;
              url: string | null;
              excerpt: string;
              body: string;
              translations: {
                id: number;
                language: string;
                title: string;
                /** @enum {string} */
                status: "draft" | "published" | "archived";
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/articles/files": {
    parameters: {
    };
    /** Uploads a picture or a file as multipart/form-data; an article shows it by naming its address */
    post: {
      parameters: {
      };
      responses: {
        201: {
          content: {
            "application/json": {
              url: string;
              name: string;
              size: number;
              isPicture: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/articles/{id}": {
    parameters: {
    };
    /** One article with its body */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              title: string;
              slug: string;
              language: string;
              section: components["schemas"]["NameRef"] | null;
              /** @enum {string} */
              audience: "public" | "agents";
              /** @enum {string} */
              status: "draft" | "published" | "archived";
              version: number;
              author: components["schemas"]["NameRef"];
              createdAt: components["schemas"]["Instant"];
              updatedAt: components["schemas"]["Instant"];
              publishedAt: components["schemas"]["Instant"] | null;
              url: string | null;
              excerpt: string;
              body: string;
              translations: {
                id: number;
                language: string;
                title: string;
                /** @enum {string} */
                status: "draft" | "published" | "archived";
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Changes an article: publishes it, takes it back, archives it. Every save is a version */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            title?: string;
            body?: string;
            slug?: string;
            language?: string;
            section?: number | null;
            translationOf?: number | null;
            /** @enum {string} */
            audience?: "public" | "agents";
            /** @enum {string} */
            status?: "draft" | "published" | "archived";
            expectedVersion?: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              title: string;
              slug: string;
              language: string;
              section: components["schemas"]["NameRef"] | null;
              /** @enum {string} */
              audience: "public" | "agents";
              /** @enum {string} */
              status: "draft" | "published" | "archived";
              version: number;
              author: components["schemas"]["NameRef"];
              createdAt: components["schemas"]["Instant"];
              updatedAt: components["schemas"]["Instant"];
              publishedAt: components["schemas"]["Instant"] | null;
              url: string | null;
              excerpt: string;
              body: string;
              translations: {
                id: number;
                language: string;
                title: string;
                /** @enum {string} */
                status: "draft" | "published" | "archived";
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/articles/{id}/comments": {
    parameters: {
    };
    /** Whether an article helped: how many say so of each version, and what they wrote */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                at: components["schemas"]["Instant"];
                version: number;
                helpful: boolean;
                comment: string;
              }[];
              nextCursor: string | null;
              votes: {
                version: number;
                yes: number;
                no: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/articles/{id}/restore": {
    parameters: {
    };
    /** Makes what an earlier version said the newest one; who may read it stays as it is */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            version: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              title: string;
              slug: string;
              language: string;
              section: components["schemas"]["NameRef"] | null;
              /** @enum {string} */
              audience: "public" | "agents";
              /** @enum {string} */
              status: "draft" | "published" | "archived";
              version: number;
              author: components["schemas"]["NameRef"];
              createdAt: components["schemas"]["Instant"];
              updatedAt: components["schemas"]["Instant"];
              publishedAt: components["schemas"]["Instant"] | null;
              url: string | null;
              excerpt: string;
              body: string;
              translations: {
                id: number;
                language: string;
                title: string;
                /** @enum {string} */
                status: "draft" | "published" | "archived";
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/articles/{id}/versions": {
    parameters: {
    };
    /** The versions of an article, newest first, each with what it changed */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                version: number;
                at: components["schemas"]["Instant"];
                by: string;
                title: string;
                slug: string;
                body: string;
                language: string;
                section: components["schemas"]["NameRef"] | null;
                /** @enum {string} */
                audience: "public" | "agents";
                /** @enum {string} */
                status: "draft" | "published" | "archived";
                changed: string[];
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant": {
    parameters: {
    };
    /** What is live, what is switched off, what it learnt, and what it does by category */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              live: {
                version: number;
                note: string;
                createdBy: components["schemas"]["NameRef"] | null;
                steps: {
                  brandId: number | null;
                  channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
                  categoryId: number;
                  /** @enum {string} */
                  from: "off" | "shadow" | "draft" | "tenth" | "half" | "whole";
                  /** @enum {string} */
                  to: "off" | "shadow" | "draft" | "tenth" | "half" | "whole";
                  /** @enum {string} */
                  why: "pressed" | "reopened" | "bad_rating" | "wrong" | "escalated" | "harmful";
                }[];
                createdAt: components["schemas"]["Instant"];
                publishedAt: components["schemas"]["Instant"] | null;
                live: boolean;
                settings: {
                  name: string;
                  rows: {
                    brandId: number | null;
                    channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
                    categoryId: number | null;
                    /** @enum {string} */
                    mode: "off" | "shadow" | "on_request" | "suggest" | "draft" | "auto";
                    share: number;
                  }[];
                  /** @enum {string} */
                  otherwise: "off" | "shadow" | "on_request" | "suggest" | "draft" | "auto";
                  triage: {
                    /** @enum {string} */
                    category: "off" | "suggest" | "set";
                    /** @enum {string} */
                    priority: "off" | "suggest" | "set";
                    /**
                    * @default off
                    * @enum {string}
                    */
                    team: "off" | "suggest" | "set";
                    /**
                    * @default off
                    * @enum {string}
                    */
                    tags: "off" | "suggest" | "set";
                    /**
                    * @default off
                    * @enum {string}
                    */
                    language: "off" | "suggest" | "set";
                    /**
                    * @default off
                    * @enum {string}
                    */
                    skill: "off" | "suggest" | "set";
                  };
                  maxWrong: number;
                  draftFrom: number;
                  leastEvidence: number;
                  highStakes: number[];
                  hardPhrases: string[];
                  languages: string[];
                  phrases: {
                    [key: string]: {
                      greeting: string;
                      closing: string;
                    };
                  };
                  answersPerDay: number;
                  holdout: number;
                  sendDelaySeconds: number;
                  maxTurns: number;
                  /** @default null */
                  providerId: number | null;
                  /** @default false */
                  offersLinks: boolean;
                  /** @default [] */
                  guidance: {
                    key: string;
                    text: string;
                    brandId: number | null;
                    channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
                    categoryId: number | null;
                    ownerId: number | null;
                    reviewBy: string | null;
                  }[];
                  /** @default [] */
                  procedures: {
                    key: string;
                    name: string;
                    categoryId: number | null;
                    brandId: number | null;
                    languages: string[];
                    phrases: string[];
                    mostQuestions: number;
                    steps: ({
                      /** @enum {string} */
                      kind: "ask";
                      /** @default [] */
                      only: {
                        fact: string;
                        /** @enum {string} */
                        is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                        /** @default  */
                        value: string;
                      }[];
                      fact: string;
                      text: {
                        [key: string]: string;
                      };
                      /** @enum {string} */
                      as: "code" | "number" | "date" | "email" | "choice" | "text";
                      /** @default  */
                      example: string;
                      /** @default [] */
                      choices: {
                        value: string;
                        words: string[];
                      }[];
                    } | {
                      /** @enum {string} */
                      kind: "look_up";
                      /** @default [] */
                      only: {
                        fact: string;
                        /** @enum {string} */
                        is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                        /** @default  */
                        value: string;
                      }[];
                      fact: string;
                      from: ("requester.name" | "requester.email" | "requester.company" | "ticket.priority" | "ticket.type" | "ticket.channel") | string;
                    } | {
                      /** @enum {string} */
                      kind: "answer";
                      /** @default [] */
                      only: {
                        fact: string;
                        /** @enum {string} */
                        is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                        /** @default  */
                        value: string;
                      }[];
                      text: {
                        [key: string]: string;
                      };
                      closes: boolean;
                    } | {
                      /** @enum {string} */
                      kind: "propose";
                      /** @default [] */
                      only: {
                        fact: string;
                        /** @enum {string} */
                        is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                        /** @default  */
                        value: string;
                      }[];
                      macroId: number;
                    } | {
                      /** @enum {string} */
                      kind: "hand_over";
                      /** @default [] */
                      only: {
                        fact: string;
                        /** @enum {string} */
                        is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                        /** @default  */
                        value: string;
                      }[];
                    })[];
                  }[];
                };
                thresholds: {
                  [key: string]: {
                    from: number;
                    n: number;
                    bound: number;
                  };
                };
                calibratedOn: number;
                simulationId: number | null;
              } | null;
              standard: {
                name: string;
                rows: {
                  brandId: number | null;
                  channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
                  categoryId: number | null;
                  /** @enum {string} */
                  mode: "off" | "shadow" | "on_request" | "suggest" | "draft" | "auto";
                  share: number;
                }[];
                /** @enum {string} */
                otherwise: "off" | "shadow" | "on_request" | "suggest" | "draft" | "auto";
                triage: {
                  /** @enum {string} */
                  category: "off" | "suggest" | "set";
                  /** @enum {string} */
                  priority: "off" | "suggest" | "set";
                  /**
                  * @default off
                  * @enum {string}
                  */
                  team: "off" | "suggest" | "set";
                  /**
                  * @default off
                  * @enum {string}
                  */
                  tags: "off" | "suggest" | "set";
                  /**
                  * @default off
                  * @enum {string}
                  */
                  language: "off" | "suggest" | "set";
                  /**
                  * @default off
                  * @enum {string}
                  */
                  skill: "off" | "suggest" | "set";
                };
                maxWrong: number;
                draftFrom: number;
                leastEvidence: number;
                highStakes: number[];
                hardPhrases: string[];
                languages: string[];
                phrases: {
                  [key: string]: {
                    greeting: string;
                    closing: string;
                  };
                };
                answersPerDay: number;
                holdout: number;
                sendDelaySeconds: number;
                maxTurns: number;
                /** @default null */
                providerId: number | null;
                /** @default false */
                offersLinks: boolean;
                /** @default [] */
                guidance: {
                  key: string;
                  text: string;
                  brandId: number | null;
                  channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
                  categoryId: number | null;
                  ownerId: number | null;
                  reviewBy: string | null;
                }[];
                /** @default [] */
                procedures: {
                  key: string;
                  name: string;
                  categoryId: number | null;
                  brandId: number | null;
                  languages: string[];
                  phrases: string[];
                  mostQuestions: number;
                  steps: ({
                    /** @enum {string} */
                    kind: "ask";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                    fact: string;
                    text: {
                      [key: string]: string;
                    };
                    /** @enum {string} */
                    as: "code" | "number" | "date" | "email" | "choice" | "text";
                    /** @default  */
                    example: string;
                    /** @default [] */
                    choices: {
                      value: string;
                      words: string[];
                    }[];
                  } | {
                    /** @enum {string} */
                    kind: "look_up";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                    fact: string;
                    from: ("requester.name" | "requester.email" | "requester.company" | "ticket.priority" | "ticket.type" | "ticket.channel") | string;
                  } | {
                    /** @enum {string} */
                    kind: "answer";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                    text: {
                      [key: string]: string;
                    };
                    closes: boolean;
                  } | {
                    /** @enum {string} */
                    kind: "propose";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                    macroId: number;
                  } | {
                    /** @enum {string} */
                    kind: "hand_over";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                  })[];
                }[];
              };
              switches: {
                scope: string;
                at: components["schemas"]["Instant"];
                by: components["schemas"]["NameRef"];
              }[];
              learnt: {
                /** @enum {string} */
                field: "category" | "priority" | "team" | "tags" | "language" | "skill";
                at: components["schemas"]["Instant"];
                labels: number;
                learnt: number;
                tested: number;
                right: number;
                sure: number;
                accuracy: {
                  value: number;
                  low: number;
                  high: number;
                } | null;
              }[];
              alike: {
                offered: number;
                linked: number;
                refused: number;
              };
              guidance: {
                key: string;
                told: number;
                followed: number;
              }[];
              drafts: {
                newcomers: {
                  accepted: number;
                  edited: number;
                  rejected: number;
                  changed: number | null;
                };
                others: {
                  accepted: number;
                  edited: number;
                  rejected: number;
                  changed: number | null;
                };
              };
              articles: {
                languages: {
                  language: string;
                  articles: number;
                  sections: number;
                }[];
              };
              categories: {
                id: number;
                path: string;
                tickets: number;
                runs: number;
                answered: number;
                judged: number;
                wrong: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/ladder": {
    parameters: {
    };
    /** How far the assistant has come by category, and what the next step up waits for */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              version: number | null;
              maxWrong: number;
              limit: number;
              agreement: {
                n: number;
                observed: number;
                kappa: number | null;
                ac1: number | null;
              };
              items: {
                brandId: number | null;
                channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
                categoryId: number;
                category: string;
                brand: string | null;
                /** @enum {string} */
                rung: "off" | "shadow" | "draft" | "tenth" | "half" | "whole";
                since: components["schemas"]["Instant"] | null;
                reason: string | null;
                fell: {
                  /** @enum {string} */
                  from: "off" | "shadow" | "draft" | "tenth" | "half" | "whole";
                  /** @enum {string} */
                  why: "pressed" | "reopened" | "bad_rating" | "wrong" | "escalated" | "harmful";
                } | null;
                next: ("off" | "shadow" | "draft" | "tenth" | "half" | "whole") | null;
                missing: {
                  /** @enum {string} */
                  what: "nowhere" | "days" | "judged" | "wrong" | "harmful" | "reopened" | "package" | "simulation" | "agreement";
                  has: number;
                  needs: number;
                }[];
                answers: number;
                judged: number;
                wrong: number;
                harmful: number;
                bound: number;
                signals: {
                  /** @enum {string} */
                  signal: "reopened" | "bad_rating" | "wrong" | "escalated";
                  n: number;
                  hits: number;
                  accepted: number;
                  sum: number;
                  isOver: boolean;
                }[];
                falls: ("pressed" | "reopened" | "bad_rating" | "wrong" | "escalated" | "harmful") | null;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/ladder/steps": {
    parameters: {
    };
    /** Takes a step up or down; up only where nothing is missing */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            brandId: number | null;
            channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
            categoryId: number;
            /** @enum {string} */
            from: "off" | "shadow" | "draft" | "tenth" | "half" | "whole";
            /** @enum {string} */
            to: "off" | "shadow" | "draft" | "tenth" | "half" | "whole";
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              version: number | null;
              maxWrong: number;
              limit: number;
              agreement: {
                n: number;
                observed: number;
                kappa: number | null;
                ac1: number | null;
              };
              items: {
                brandId: number | null;
                channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
                categoryId: number;
                category: string;
                brand: string | null;
                /** @enum {string} */
                rung: "off" | "shadow" | "draft" | "tenth" | "half" | "whole";
                since: components["schemas"]["Instant"] | null;
                reason: string | null;
                fell: {
                  /** @enum {string} */
                  from: "off" | "shadow" | "draft" | "tenth" | "half" | "whole";
                  /** @enum {string} */
                  why: "pressed" | "reopened" | "bad_rating" | "wrong" | "escalated" | "harmful";
                } | null;
                next: ("off" | "shadow" | "draft" | "tenth" | "half" | "whole") | null;
                missing: {
                  /** @enum {string} */
                  what: "nowhere" | "days" | "judged" | "wrong" | "harmful" | "reopened" | "package" | "simulation" | "agreement";
                  has: number;
                  needs: number;
                }[];
                answers: number;
                judged: number;
                wrong: number;
                harmful: number;
                bound: number;
                signals: {
                  /** @enum {string} */
                  signal: "reopened" | "bad_rating" | "wrong" | "escalated";
                  n: number;
                  hits: number;
                  accepted: number;
                  sum: number;
                  isOver: boolean;
                }[];
                falls: ("pressed" | "reopened" | "bad_rating" | "wrong" | "escalated" | "harmful") | null;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/live": {
    parameters: {
    };
    /** Ends the assistant: no version is live */
    delete: {
      parameters: {
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/look-ups": {
    parameters: {
    };
    /** What procedures may ask of other systems, and how each last went */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                key: string;
                name: string;
                url: string;
                parameters: string[];
                header: string;
                hasSecret: boolean;
                answers: {
                  name: string;
                  path: string;
                  /** @enum {string} */
                  as: "text" | "number" | "date" | "yes_no" | "choice";
                  /** @default [] */
                  choices: string[];
                }[];
                timeoutSeconds: number;
                brandId: number | null;
                forAnyone: boolean;
                askedAt: components["schemas"]["Instant"] | null;
                failed: ("gone" | "missing" | "unproven" | "not_allowed" | "unreachable" | "timeout" | "key_refused" | "refused" | "too_large" | "unreadable" | "shape" | "commands") | null;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a look-up; it is done where a procedure of the live version names it */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            key: string;
            name: string;
            url: string;
            /** @default Authorization */
            header?: string;
            secret?: string;
            answers: {
              name: string;
              path: string;
              /** @enum {string} */
              as: "text" | "number" | "date" | "yes_no" | "choice";
              /** @default [] */
              choices?: string[];
            }[];
            /** @default 5 */
            timeoutSeconds?: number;
            /** @default null */
            brandId?: number | null;
            /** @default false */
            forAnyone?: boolean;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              key: string;
              name: string;
              url: string;
              parameters: string[];
              header: string;
              hasSecret: boolean;
              answers: {
                name: string;
                path: string;
                /** @enum {string} */
                as: "text" | "number" | "date" | "yes_no" | "choice";
                /** @default [] */
                choices: string[];
              }[];
              timeoutSeconds: number;
              brandId: number | null;
              forAnyone: boolean;
              askedAt: components["schemas"]["Instant"] | null;
              failed: ("gone" | "missing" | "unproven" | "not_allowed" | "unreachable" | "timeout" | "key_refused" | "refused" | "too_large" | "unreadable" | "shape" | "commands") | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/look-ups/{id}": {
    parameters: {
    };
    /** Takes a look-up out of use and forgets its secret; not while the live version asks for it */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Changes a look-up; at another host its secret is forgotten */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            url?: string;
            header?: string;
            secret?: string | null;
            answers?: {
              name: string;
              path: string;
              /** @enum {string} */
              as: "text" | "number" | "date" | "yes_no" | "choice";
              /** @default [] */
              choices?: string[];
            }[];
            timeoutSeconds?: number;
            brandId?: number | null;
            forAnyone?: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              key: string;
              name: string;
              url: string;
              parameters: string[];
              header: string;
              hasSecret: boolean;
              answers: {
                name: string;
                path: string;
                /** @enum {string} */
                as: "text" | "number" | "date" | "yes_no" | "choice";
                /** @default [] */
                choices: string[];
              }[];
              timeoutSeconds: number;
              brandId: number | null;
              forAnyone: boolean;
              askedAt: components["schemas"]["Instant"] | null;
              failed: ("gone" | "missing" | "unproven" | "not_allowed" | "unreachable" | "timeout" | "key_refused" | "refused" | "too_large" | "unreadable" | "shape" | "commands") | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/look-ups/{id}/trial": {
    parameters: {
    };
    /** Does a look-up with what is given, as a procedure would, and says what came of it */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            known: {
              [key: string]: string;
            };
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              answers: {
                [key: string]: string | null;
              };
              failed: ("gone" | "missing" | "unproven" | "not_allowed" | "unreachable" | "timeout" | "key_refused" | "refused" | "too_large" | "unreadable" | "shape" | "commands") | null;
              ms: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/providers": {
    parameters: {
    };
    /** Providers of models, with what each was last found to be and what was asked of it */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                name: string;
                /** @enum {string} */
                kind: "openai_compatible" | "anthropic" | "ollama";
                baseUrl: string;
                model: string;
                hasKey: boolean;
                timeoutSeconds: number;
                contextTokens: number;
                tokensPerDay: number | null;
                price: {
                  in: number;
                  out: number;
                } | null;
                currency: string;
                moneyPerDay: number | null;
                quirks: ("max_completion_tokens" | "no_temperature" | "no_schema")[];
                trial: {
                  at: components["schemas"]["Instant"];
                  ms: number;
                  reason: ("unreachable" | "timeout" | "busy" | "key_refused" | "not_taken" | "broken" | "cut_answer" | "cut_question" | "filtered" | "too_long" | "budget") | null;
                  said: string;
                  model: string | null;
                } | null;
                days: {
                  day: string;
                  questions: number;
                  failures: number;
                  tokensIn: number;
                  tokensOut: number;
                  cost: number | null;
                  lastFailure: ("unreachable" | "timeout" | "busy" | "key_refused" | "not_taken" | "broken" | "cut_answer" | "cut_question" | "filtered" | "too_long" | "budget") | null;
                }[];
                live: boolean;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a provider; nothing is asked of it until a version names it */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            name: string;
            /** @enum {string} */
            kind: "openai_compatible" | "anthropic" | "ollama";
            /** Format: uri */
            baseUrl: string;
            model: string;
            key?: string;
            /** @default 20 */
            timeoutSeconds?: number;
            /** @default 16000 */
            contextTokens?: number;
            /** @default null */
            tokensPerDay?: number | null;
            /** @default null */
            price?: {
              in: number;
              out: number;
            } | null;
            /** @default USD */
            currency?: string;
            /** @default null */
            moneyPerDay?: number | null;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              name: string;
              /** @enum {string} */
              kind: "openai_compatible" | "anthropic" | "ollama";
              baseUrl: string;
              model: string;
              hasKey: boolean;
              timeoutSeconds: number;
              contextTokens: number;
              tokensPerDay: number | null;
              price: {
                in: number;
                out: number;
              } | null;
              currency: string;
              moneyPerDay: number | null;
              quirks: ("max_completion_tokens" | "no_temperature" | "no_schema")[];
              trial: {
                at: components["schemas"]["Instant"];
                ms: number;
                reason: ("unreachable" | "timeout" | "busy" | "key_refused" | "not_taken" | "broken" | "cut_answer" | "cut_question" | "filtered" | "too_long" | "budget") | null;
                said: string;
                model: string | null;
              } | null;
              days: {
                day: string;
                questions: number;
                failures: number;
                tokensIn: number;
                tokensOut: number;
                cost: number | null;
                lastFailure: ("unreachable" | "timeout" | "busy" | "key_refused" | "not_taken" | "broken" | "cut_answer" | "cut_question" | "filtered" | "too_long" | "budget") | null;
              }[];
              live: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/providers/{id}": {
    parameters: {
    };
    /** Takes a provider out of use and forgets its key; not while the live version names it */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Changes a provider; at another address its key is forgotten */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            /** @enum {string} */
            kind?: "openai_compatible" | "anthropic" | "ollama";
            /** Format: uri */
            baseUrl?: string;
            model?: string;
            key?: string | null;
            timeoutSeconds?: number;
            contextTokens?: number;
            tokensPerDay?: number | null;
            price?: {
              in: number;
              out: number;
            } | null;
            currency?: string;
            moneyPerDay?: number | null;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              /** @enum {string} */
              kind: "openai_compatible" | "anthropic" | "ollama";
              baseUrl: string;
              model: string;
              hasKey: boolean;
              timeoutSeconds: number;
              contextTokens: number;
              tokensPerDay: number | null;
              price: {
                in: number;
                out: number;
              } | null;
              currency: string;
              moneyPerDay: number | null;
              quirks: ("max_completion_tokens" | "no_temperature" | "no_schema")[];
              trial: {
                at: components["schemas"]["Instant"];
                ms: number;
                reason: ("unreachable" | "timeout" | "busy" | "key_refused" | "not_taken" | "broken" | "cut_answer" | "cut_question" | "filtered" | "too_long" | "budget") | null;
                said: string;
                model: string | null;
              } | null;
              days: {
                day: string;
                questions: number;
                failures: number;
                tokensIn: number;
                tokensOut: number;
                cost: number | null;
                lastFailure: ("unreachable" | "timeout" | "busy" | "key_refused" | "not_taken" | "broken" | "cut_answer" | "cut_question" | "filtered" | "too_long" | "budget") | null;
              }[];
              live: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/providers/{id}/trial": {
    parameters: {
    };
    /** Asks the model something small, and notes what it does not take */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              /** @enum {string} */
              kind: "openai_compatible" | "anthropic" | "ollama";
              baseUrl: string;
              model: string;
              hasKey: boolean;
              timeoutSeconds: number;
              contextTokens: number;
              tokensPerDay: number | null;
              price: {
                in: number;
                out: number;
              } | null;
              currency: string;
              moneyPerDay: number | null;
              quirks: ("max_completion_tokens" | "no_temperature" | "no_schema")[];
              trial: {
                at: components["schemas"]["Instant"];
                ms: number;
                reason: ("unreachable" | "timeout" | "busy" | "key_refused" | "not_taken" | "broken" | "cut_answer" | "cut_question" | "filtered" | "too_long" | "budget") | null;
                said: string;
                model: string | null;
              } | null;
              days: {
                day: string;
                questions: number;
                failures: number;
                tokensIn: number;
                tokensOut: number;
                cost: number | null;
                lastFailure: ("unreachable" | "timeout" | "busy" | "key_refused" | "not_taken" | "broken" | "cut_answer" | "cut_question" | "filtered" | "too_long" | "budget") | null;
              }[];
              live: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/review": {
    parameters: {
    };
    /** How far the sample of a week is judged, and how far two people mean the same */
    get: {
      parameters: {
        query?: {
          week?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              /** Format: date */
              week: string;
              agreement: {
                n: number;
                observed: number;
                kappa: number | null;
                ac1: number | null;
              };
              items: {
                categoryId: number;
                path: string;
                sampled: number;
                judged: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/review/answers": {
    parameters: {
    };
    /** Answers of the week’s sample, the assistant’s and people’s alike; whose they are is told once they are judged */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          week?: string;
          open?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                key: string;
                ticketId: number;
                categoryId: number;
                subject: string;
                question: string | null;
                answer: string;
                mine: ("correct" | "incomplete" | "wrong" | "harmful") | null;
                note: string | null;
                author: ("assistant" | "person") | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/review/verdicts": {
    parameters: {
    };
    /** Says whether an answer of the sample is right. A harmful one of the assistant’s costs it a step at once */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            /** Format: date */
            week: string;
            key: string;
            /** @enum {string} */
            verdict: "correct" | "incomplete" | "wrong" | "harmful";
            /** @default  */
            note?: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              key: string;
              ticketId: number;
              categoryId: number;
              subject: string;
              question: string | null;
              answer: string;
              mine: ("correct" | "incomplete" | "wrong" | "harmful") | null;
              note: string | null;
              author: ("assistant" | "person") | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/runs": {
    parameters: {
    };
    /** What the assistant made of messages and why, newest first */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          decision?: "skip" | "escalate" | "triage_only" | "draft" | "ask" | "answer_stay_open" | "auto_resolve";
          reason?: "no_evidence" | "low_confidence" | "conflict" | "policy_hard" | "customer_asked" | "tool_failed" | "repeat" | "language" | "out_of_scope" | "injection" | "budget" | "provider_down" | "superseded" | "attachment_only" | "killed" | "off" | "automatic" | "thanks" | "not_customer" | "inactive" | "human_replied" | "human_typing" | "opted_out" | "escalated" | "turns" | "holdout" | "mails_to_address";
          category?: number;
          judged?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                ticketId: number;
                seq: number;
                configVersion: number;
                at: components["schemas"]["Instant"];
                /** @enum {string} */
                mode: "off" | "shadow" | "on_request" | "suggest" | "draft" | "auto";
                /** @enum {string} */
                decision: "skip" | "escalate" | "triage_only" | "draft" | "ask" | "answer_stay_open" | "auto_resolve";
                reason: ("no_evidence" | "low_confidence" | "conflict" | "policy_hard" | "customer_asked" | "tool_failed" | "repeat" | "language" | "out_of_scope" | "injection" | "budget" | "provider_down" | "superseded" | "attachment_only" | "killed" | "off" | "automatic" | "thanks" | "not_customer" | "inactive" | "human_replied" | "human_typing" | "opted_out" | "escalated" | "turns" | "holdout" | "mails_to_address") | null;
                categoryId: number | null;
                steps: {
                  step: string;
                  saw: {
                    [key: string]: string | number | boolean | null | string[];
                  };
                }[];
                guesses: {
                  /** @enum {string} */
                  field: "category" | "priority" | "team" | "tags" | "language" | "skill";
                  label: string;
                  margin: number;
                  isKnown: boolean;
                  isSure: boolean;
                }[];
                evidence: {
                  id: string;
                  articleId: number;
                  version: number;
                  title: string;
                  heading: string;
                  path: string;
                  score: number;
                }[];
                sentences: {
                  sentence: string;
                  evidence: number | null;
                }[];
                pCorrect: number | null;
                threshold: number | null;
                answer: string | null;
                ms: number;
                messageId: number | null;
                recalledAt: components["schemas"]["Instant"] | null;
                verdict: ("correct" | "incomplete" | "wrong" | "harmful") | null;
                verdictNote: string | null;
                use: ("accepted" | "edited" | "rejected") | null;
                procedure: {
                  key: string;
                  name: string;
                  language: string;
                  facts: {
                    fact: string;
                    value: string | null;
                    from: string | null;
                  }[];
                  asked: string | null;
                  questions: number;
                  trace: {
                    step: number;
                    kind: ("ask" | "look_up" | "answer" | "propose" | "hand_over") | null;
                    /** @enum {string} */
                    did: "left_out" | "known" | "read" | "asked" | "asked_again" | "enough_asked" | "looked_up" | "found_nothing" | "unknown" | "failed" | "hole" | "answered" | "proposed" | "handed_over" | "ended" | "gone" | "repeated";
                    fact: string | null;
                  }[];
                  macroId: number | null;
                  /** @default [] */
                  outside: {
                    key: string;
                    failed: ("gone" | "missing" | "unproven" | "not_allowed" | "unreachable" | "timeout" | "key_refused" | "refused" | "too_large" | "unreadable" | "shape" | "commands") | null;
                  }[];
                } | null;
                subject: string;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/runs/{id}/alike": {
    parameters: {
    };
    /** Links a ticket with what the assistant offers, or says that it is about something else */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            /** @enum {string} */
            said: "linked" | "refused";
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              isLive: boolean;
              mention: components["schemas"]["NameRef"] | null;
              rewords: boolean;
              /** @enum {string} */
              state: "on" | "escalated" | "off";
              triage: {
                [key: string]: "off" | "suggest" | "set";
              };
              language: string | null;
              skills: components["schemas"]["NameRef"][];
              proposes: number | null;
              alike: {
                runId: number;
                /** @enum {string} */
                linkType: "incident" | "duplicates";
                count: number;
                ticket: {
                  id: number;
                  subject: string;
                  /** @enum {string} */
                  status: "new" | "open" | "pending" | "on_hold" | "resolved" | "closed";
                };
              } | null;
              runs: {
                id: number;
                ticketId: number;
                seq: number;
                configVersion: number;
                at: components["schemas"]["Instant"];
                /** @enum {string} */
                mode: "off" | "shadow" | "on_request" | "suggest" | "draft" | "auto";
                /** @enum {string} */
                decision: "skip" | "escalate" | "triage_only" | "draft" | "ask" | "answer_stay_open" | "auto_resolve";
                reason: ("no_evidence" | "low_confidence" | "conflict" | "policy_hard" | "customer_asked" | "tool_failed" | "repeat" | "language" | "out_of_scope" | "injection" | "budget" | "provider_down" | "superseded" | "attachment_only" | "killed" | "off" | "automatic" | "thanks" | "not_customer" | "inactive" | "human_replied" | "human_typing" | "opted_out" | "escalated" | "turns" | "holdout" | "mails_to_address") | null;
                categoryId: number | null;
                steps: {
                  step: string;
                  saw: {
                    [key: string]: string | number | boolean | null | string[];
                  };
                }[];
                guesses: {
                  /** @enum {string} */
                  field: "category" | "priority" | "team" | "tags" | "language" | "skill";
                  label: string;
                  margin: number;
                  isKnown: boolean;
                  isSure: boolean;
                }[];
                evidence: {
                  id: string;
                  articleId: number;
                  version: number;
                  title: string;
                  heading: string;
                  path: string;
                  score: number;
                }[];
                sentences: {
                  sentence: string;
                  evidence: number | null;
                }[];
                pCorrect: number | null;
                threshold: number | null;
                answer: string | null;
                ms: number;
                messageId: number | null;
                recalledAt: components["schemas"]["Instant"] | null;
                verdict: ("correct" | "incomplete" | "wrong" | "harmful") | null;
                verdictNote: string | null;
                use: ("accepted" | "edited" | "rejected") | null;
                procedure: {
                  key: string;
                  name: string;
                  language: string;
                  facts: {
                    fact: string;
                    value: string | null;
                    from: string | null;
                  }[];
                  asked: string | null;
                  questions: number;
                  trace: {
                    step: number;
                    kind: ("ask" | "look_up" | "answer" | "propose" | "hand_over") | null;
                    /** @enum {string} */
                    did: "left_out" | "known" | "read" | "asked" | "asked_again" | "enough_asked" | "looked_up" | "found_nothing" | "unknown" | "failed" | "hole" | "answered" | "proposed" | "handed_over" | "ended" | "gone" | "repeated";
                    fact: string | null;
                  }[];
                  macroId: number | null;
                  /** @default [] */
                  outside: {
                    key: string;
                    failed: ("gone" | "missing" | "unproven" | "not_allowed" | "unreachable" | "timeout" | "key_refused" | "refused" | "too_large" | "unreadable" | "shape" | "commands") | null;
                  }[];
                } | null;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/runs/{id}/proposal": {
    parameters: {
    };
    /** What a procedure proposes on a ticket, and what it would change; changes nothing */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              changes: {
                field: string;
                from: string;
                to: string;
              }[];
              message: {
                /** @enum {string} */
                kind: "reply" | "note";
                body: string;
                language: string | null;
                unresolved: string[];
              } | null;
              files: {
                sha256: string;
                name: string;
                type: string;
                size: number;
              }[];
              macro: components["schemas"]["NameRef"];
              shown: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Does what a procedure proposes, in the name of who approves it, as one update */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            shown: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["Ticket"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/runs/{id}/scenario": {
    parameters: {
    };
    /** Keeps what a run met as a scenario: what people say of it is what it must do */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              title: string;
              subject: string;
              /** @default null */
              categoryId: number | null;
              /** @default null */
              brandId: number | null;
              /**
              * @default email
              * @enum {string}
              */
              channel: "email" | "form" | "chat" | "portal" | "api" | "phone";
              turns: {
                text: string;
                /** @default [] */
                checks: {
                  /** @enum {string} */
                  kind: "decision" | "reason" | "article" | "no_article" | "category" | "no_promise" | "called" | "not_called" | "asked";
                  /** @default  */
                  value: string;
                }[];
              }[];
              /** @default {} */
              lookedUp: {
                [key: string]: string | null;
              };
              id: number;
              ticketId: number | null;
              createdBy: components["schemas"]["NameRef"];
              updatedAt: components["schemas"]["Instant"];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/runs/{id}/verdict": {
    parameters: {
    };
    /** Says whether what the assistant made of a message was right: a label to learn from */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            /** @enum {string} */
            verdict: "correct" | "incomplete" | "wrong" | "harmful";
            /** @default  */
            note?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              ticketId: number;
              seq: number;
              configVersion: number;
              at: components["schemas"]["Instant"];
              /** @enum {string} */
              mode: "off" | "shadow" | "on_request" | "suggest" | "draft" | "auto";
              /** @enum {string} */
              decision: "skip" | "escalate" | "triage_only" | "draft" | "ask" | "answer_stay_open" | "auto_resolve";
              reason: ("no_evidence" | "low_confidence" | "conflict" | "policy_hard" | "customer_asked" | "tool_failed" | "repeat" | "language" | "out_of_scope" | "injection" | "budget" | "provider_down" | "superseded" | "attachment_only" | "killed" | "off" | "automatic" | "thanks" | "not_customer" | "inactive" | "human_replied" | "human_typing" | "opted_out" | "escalated" | "turns" | "holdout" | "mails_to_address") | null;
              categoryId: number | null;
              steps: {
                step: string;
                saw: {
                  [key: string]: string | number | boolean | null | string[];
                };
              }[];
              guesses: {
                /** @enum {string} */
                field: "category" | "priority" | "team" | "tags" | "language" | "skill";
                label: string;
                margin: number;
                isKnown: boolean;
                isSure: boolean;
              }[];
              evidence: {
                id: string;
                articleId: number;
                version: number;
                title: string;
                heading: string;
                path: string;
                score: number;
              }[];
              sentences: {
                sentence: string;
                evidence: number | null;
              }[];
              pCorrect: number | null;
              threshold: number | null;
              answer: string | null;
              ms: number;
              messageId: number | null;
              recalledAt: components["schemas"]["Instant"] | null;
              verdict: ("correct" | "incomplete" | "wrong" | "harmful") | null;
              verdictNote: string | null;
              use: ("accepted" | "edited" | "rejected") | null;
              procedure: {
                key: string;
                name: string;
                language: string;
                facts: {
                  fact: string;
                  value: string | null;
                  from: string | null;
                }[];
                asked: string | null;
                questions: number;
                trace: {
                  step: number;
                  kind: ("ask" | "look_up" | "answer" | "propose" | "hand_over") | null;
                  /** @enum {string} */
                  did: "left_out" | "known" | "read" | "asked" | "asked_again" | "enough_asked" | "looked_up" | "found_nothing" | "unknown" | "failed" | "hole" | "answered" | "proposed" | "handed_over" | "ended" | "gone" | "repeated";
                  fact: string | null;
                }[];
                macroId: number | null;
                /** @default [] */
                outside: {
                  key: string;
                  failed: ("gone" | "missing" | "unproven" | "not_allowed" | "unreachable" | "timeout" | "key_refused" | "refused" | "too_large" | "unreadable" | "shape" | "commands") | null;
                }[];
              } | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/scenarios": {
    parameters: {
    };
    /** Scenarios, newest first */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                title: string;
                subject: string;
                /** @default null */
                categoryId: number | null;
                /** @default null */
                brandId: number | null;
                /**
                * @default email
                * @enum {string}
                */
                channel: "email" | "form" | "chat" | "portal" | "api" | "phone";
                turns: {
                  text: string;
                  /** @default [] */
                  checks: {
                    /** @enum {string} */
                    kind: "decision" | "reason" | "article" | "no_article" | "category" | "no_promise" | "called" | "not_called" | "asked";
                    /** @default  */
                    value: string;
                  }[];
                }[];
                /** @default {} */
                lookedUp: {
                  [key: string]: string | null;
                };
                id: number;
                ticketId: number | null;
                createdBy: components["schemas"]["NameRef"];
                updatedAt: components["schemas"]["Instant"];
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Keeps a scenario: no version that fails it goes live */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            title: string;
            subject: string;
            /** @default null */
            categoryId?: number | null;
            /** @default null */
            brandId?: number | null;
            /**
            * @default email
            * @enum {string}
            */
            channel?: "email" | "form" | "chat" | "portal" | "api" | "phone";
            turns: {
              text: string;
              /** @default [] */
              checks?: {
                /** @enum {string} */
                kind: "decision" | "reason" | "article" | "no_article" | "category" | "no_promise" | "called" | "not_called" | "asked";
                /** @default  */
                value?: string;
              }[];
            }[];
            /** @default {} */
            lookedUp?: {
              [key: string]: string | null;
            };
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              title: string;
              subject: string;
              /** @default null */
              categoryId: number | null;
              /** @default null */
              brandId: number | null;
              /**
              * @default email
              * @enum {string}
              */
              channel: "email" | "form" | "chat" | "portal" | "api" | "phone";
              turns: {
                text: string;
                /** @default [] */
                checks: {
                  /** @enum {string} */
                  kind: "decision" | "reason" | "article" | "no_article" | "category" | "no_promise" | "called" | "not_called" | "asked";
                  /** @default  */
                  value: string;
                }[];
              }[];
              /** @default {} */
              lookedUp: {
                [key: string]: string | null;
              };
              id: number;
              ticketId: number | null;
              createdBy: components["schemas"]["NameRef"];
              updatedAt: components["schemas"]["Instant"];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/scenarios/file": {
    parameters: {
    };
    /** The scenarios that people wrote, to be kept in a file; what was taken from tickets stays with them */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              scenarios: {
                title: string;
                subject: string;
                /** @default null */
                categoryId: number | null;
                /** @default null */
                brandId: number | null;
                /**
                * @default email
                * @enum {string}
                */
                channel: "email" | "form" | "chat" | "portal" | "api" | "phone";
                turns: {
                  text: string;
                  /** @default [] */
                  checks: {
                    /** @enum {string} */
                    kind: "decision" | "reason" | "article" | "no_article" | "category" | "no_promise" | "called" | "not_called" | "asked";
                    /** @default  */
                    value: string;
                  }[];
                }[];
                /** @default {} */
                lookedUp: {
                  [key: string]: string | null;
                };
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds the scenarios of a file */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            scenarios: {
              title: string;
              subject: string;
              /** @default null */
              categoryId?: number | null;
              /** @default null */
              brandId?: number | null;
              /**
              * @default email
              * @enum {string}
              */
              channel?: "email" | "form" | "chat" | "portal" | "api" | "phone";
              turns: {
                text: string;
                /** @default [] */
                checks?: {
                  /** @enum {string} */
                  kind: "decision" | "reason" | "article" | "no_article" | "category" | "no_promise" | "called" | "not_called" | "asked";
                  /** @default  */
                  value?: string;
                }[];
              }[];
              /** @default {} */
              lookedUp?: {
                [key: string]: string | null;
              };
            }[];
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              added: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/scenarios/run": {
    parameters: {
    };
    /** Lives all scenarios through under a version, or under the one that is live; writes nothing */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            version?: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              version: number | null;
              passed: number;
              items: {
                id: number;
                title: string;
                isPassed: boolean;
                turns: {
                  /** @enum {string} */
                  decision: "skip" | "escalate" | "triage_only" | "draft" | "ask" | "answer_stay_open" | "auto_resolve";
                  reason: string | null;
                  answer: string | null;
                  failed: {
                    /** @enum {string} */
                    kind: "decision" | "reason" | "article" | "no_article" | "category" | "no_promise" | "called" | "not_called" | "asked";
                    /** @default  */
                    value: string;
                    saw: string;
                  }[];
                }[];
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/scenarios/{id}": {
    parameters: {
    };
    /** Writes a scenario anew */
    put: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            title: string;
            subject: string;
            /** @default null */
            categoryId?: number | null;
            /** @default null */
            brandId?: number | null;
            /**
            * @default email
            * @enum {string}
            */
            channel?: "email" | "form" | "chat" | "portal" | "api" | "phone";
            turns: {
              text: string;
              /** @default [] */
              checks?: {
                /** @enum {string} */
                kind: "decision" | "reason" | "article" | "no_article" | "category" | "no_promise" | "called" | "not_called" | "asked";
                /** @default  */
                value?: string;
              }[];
            }[];
            /** @default {} */
            lookedUp?: {
              [key: string]: string | null;
            };
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              title: string;
              subject: string;
              /** @default null */
              categoryId: number | null;
              /** @default null */
              brandId: number | null;
              /**
              * @default email
              * @enum {string}
              */
              channel: "email" | "form" | "chat" | "portal" | "api" | "phone";
              turns: {
                text: string;
                /** @default [] */
                checks: {
                  /** @enum {string} */
                  kind: "decision" | "reason" | "article" | "no_article" | "category" | "no_promise" | "called" | "not_called" | "asked";
                  /** @default  */
                  value: string;
                }[];
              }[];
              /** @default {} */
              lookedUp: {
                [key: string]: string | null;
              };
              id: number;
              ticketId: number | null;
              createdBy: components["schemas"]["NameRef"];
              updatedAt: components["schemas"]["Instant"];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Forgets a scenario */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/simulations": {
    parameters: {
    };
    /** Simulations, newest first */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: components["schemas"]["Simulation"][];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Lets a version live through the past, in the background */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            version: number;
            days: number;
          };
        };
      };
      responses: {
        202: {
          content: {
            "application/json": components["schemas"]["Simulation"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/simulations/{id}": {
    parameters: {
    };
    /** How far a simulation has come, and what it found */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              /** @enum {string} */
              state: "queued" | "running" | "done" | "failed";
              configVersion: number;
              from: components["schemas"]["Instant"];
              to: components["schemas"]["Instant"];
              done: number;
              total: number;
              failure: string | null;
              createdBy: components["schemas"]["NameRef"];
              createdAt: components["schemas"]["Instant"];
              finishedAt: components["schemas"]["Instant"] | null;
              report: {
                n: number;
                /** @default 0 */
                unknown: number;
                labelled: number;
                decisions: {
                  n: number;
                  value: number;
                  low: number;
                  high: number;
                  /** @enum {string} */
                  decision: "skip" | "escalate" | "triage_only" | "draft" | "ask" | "answer_stay_open" | "auto_resolve";
                }[];
                reasons: {
                  reason: string;
                  n: number;
                }[];
                triage: {
                  n: number;
                  value: number;
                  low: number;
                  high: number;
                  /** @enum {string} */
                  field: "category" | "priority" | "team" | "tags" | "language" | "skill";
                  said: number;
                  sure: number;
                  sureRight: number;
                }[];
                curve: {
                  from: number;
                  n: number;
                  wrong: number;
                  bound: number;
                  coverage: number;
                }[];
                categories: {
                  categoryId: number | null;
                  n: number;
                  labelled: number;
                  right: number;
                  threshold: {
                    from: number;
                    n: number;
                    bound: number;
                  } | null;
                  alone: number;
                }[];
                unanswered: {
                  words: string[];
                  n: number;
                  ticketIds: number[];
                }[];
                ms: {
                  p50: number;
                  p95: number;
                };
              } | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/simulations/{id}/tickets": {
    parameters: {
    };
    /** The tickets of a simulation: what it would have said beside what people said */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          decision?: "skip" | "escalate" | "triage_only" | "draft" | "ask" | "answer_stay_open" | "auto_resolve";
          reason?: string;
          right?: string;
          change?: "fixed" | "broken";
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                ticketId: number;
                subject: string;
                /** @enum {string} */
                decision: "skip" | "escalate" | "triage_only" | "draft" | "ask" | "answer_stay_open" | "auto_resolve";
                reason: string | null;
                categoryId: number | null;
                pCorrect: number | null;
                isRight: boolean | null;
                change: ("fixed" | "broken") | null;
                evidence: {
                  articleId: number;
                  title: string;
                  heading: string;
                  score: number;
                }[];
                answer: string | null;
                question: string | null;
                reply: string | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/simulations/{id}/use": {
    parameters: {
    };
    /** Keeps the version with the thresholds that its simulation found; it may then be published */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              version: number;
              note: string;
              createdBy: components["schemas"]["NameRef"] | null;
              steps: {
                brandId: number | null;
                channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
                categoryId: number;
                /** @enum {string} */
                from: "off" | "shadow" | "draft" | "tenth" | "half" | "whole";
                /** @enum {string} */
                to: "off" | "shadow" | "draft" | "tenth" | "half" | "whole";
                /** @enum {string} */
                why: "pressed" | "reopened" | "bad_rating" | "wrong" | "escalated" | "harmful";
              }[];
              createdAt: components["schemas"]["Instant"];
              publishedAt: components["schemas"]["Instant"] | null;
              live: boolean;
              settings: {
                name: string;
                rows: {
                  brandId: number | null;
                  channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
                  categoryId: number | null;
                  /** @enum {string} */
                  mode: "off" | "shadow" | "on_request" | "suggest" | "draft" | "auto";
                  share: number;
                }[];
                /** @enum {string} */
                otherwise: "off" | "shadow" | "on_request" | "suggest" | "draft" | "auto";
                triage: {
                  /** @enum {string} */
                  category: "off" | "suggest" | "set";
                  /** @enum {string} */
                  priority: "off" | "suggest" | "set";
                  /**
                  * @default off
                  * @enum {string}
                  */
                  team: "off" | "suggest" | "set";
                  /**
                  * @default off
                  * @enum {string}
                  */
                  tags: "off" | "suggest" | "set";
                  /**
                  * @default off
                  * @enum {string}
                  */
                  language: "off" | "suggest" | "set";
                  /**
                  * @default off
                  * @enum {string}
                  */
                  skill: "off" | "suggest" | "set";
                };
                maxWrong: number;
                draftFrom: number;
                leastEvidence: number;
                highStakes: number[];
                hardPhrases: string[];
                languages: string[];
                phrases: {
                  [key: string]: {
                    greeting: string;
                    closing: string;
                  };
                };
                answersPerDay: number;
                holdout: number;
                sendDelaySeconds: number;
                maxTurns: number;
                /** @default null */
                providerId: number | null;
                /** @default false */
                offersLinks: boolean;
                /** @default [] */
                guidance: {
                  key: string;
                  text: string;
                  brandId: number | null;
                  channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
                  categoryId: number | null;
                  ownerId: number | null;
                  reviewBy: string | null;
                }[];
                /** @default [] */
                procedures: {
                  key: string;
                  name: string;
                  categoryId: number | null;
                  brandId: number | null;
                  languages: string[];
                  phrases: string[];
                  mostQuestions: number;
                  steps: ({
                    /** @enum {string} */
                    kind: "ask";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                    fact: string;
                    text: {
                      [key: string]: string;
                    };
                    /** @enum {string} */
                    as: "code" | "number" | "date" | "email" | "choice" | "text";
                    /** @default  */
                    example: string;
                    /** @default [] */
                    choices: {
                      value: string;
                      words: string[];
                    }[];
                  } | {
                    /** @enum {string} */
                    kind: "look_up";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                    fact: string;
                    from: ("requester.name" | "requester.email" | "requester.company" | "ticket.priority" | "ticket.type" | "ticket.channel") | string;
                  } | {
                    /** @enum {string} */
                    kind: "answer";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                    text: {
                      [key: string]: string;
                    };
                    closes: boolean;
                  } | {
                    /** @enum {string} */
                    kind: "propose";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                    macroId: number;
                  } | {
                    /** @enum {string} */
                    kind: "hand_over";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                  })[];
                }[];
              };
              thresholds: {
                [key: string]: {
                  from: number;
                  n: number;
                  bound: number;
                };
              };
              calibratedOn: number;
              simulationId: number | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/switch": {
    parameters: {
    };
    /** Switches the desk, a brand or a category off or on; answers that have not left are taken back */
    put: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            scope: string;
            off: boolean;
          };
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/versions": {
    parameters: {
    };
    /** Versions of the configuration, newest first */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: components["schemas"]["AssistantVersion"][];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Keeps a version; nothing changes until it is published */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            settings: {
              name: string;
              rows: {
                brandId: number | null;
                channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
                categoryId: number | null;
                /** @enum {string} */
                mode: "off" | "shadow" | "on_request" | "suggest" | "draft" | "auto";
                share: number;
              }[];
              /** @enum {string} */
              otherwise: "off" | "shadow" | "on_request" | "suggest" | "draft" | "auto";
              triage: {
                /** @enum {string} */
                category: "off" | "suggest" | "set";
                /** @enum {string} */
                priority: "off" | "suggest" | "set";
                /**
                * @default off
                * @enum {string}
                */
                team?: "off" | "suggest" | "set";
                /**
                * @default off
                * @enum {string}
                */
                tags?: "off" | "suggest" | "set";
                /**
                * @default off
                * @enum {string}
                */
                language?: "off" | "suggest" | "set";
                /**
                * @default off
                * @enum {string}
                */
                skill?: "off" | "suggest" | "set";
              };
              maxWrong: number;
              draftFrom: number;
              leastEvidence: number;
              highStakes: number[];
              hardPhrases: string[];
              languages: string[];
              phrases: {
                [key: string]: {
                  greeting: string;
                  closing: string;
                };
              };
              answersPerDay: number;
              holdout: number;
              sendDelaySeconds: number;
              maxTurns: number;
              /** @default null */
              providerId?: number | null;
              /** @default false */
              offersLinks?: boolean;
              /** @default [] */
              guidance?: {
                key: string;
                text: string;
                brandId: number | null;
                channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
                categoryId: number | null;
                ownerId: number | null;
                reviewBy: string | null;
              }[];
              /** @default [] */
              procedures?: {
                key: string;
                name: string;
                categoryId: number | null;
                brandId: number | null;
                languages: string[];
                phrases: string[];
                mostQuestions: number;
                steps: ({
                  /** @enum {string} */
                  kind: "ask";
                  /** @default [] */
                  only?: {
                    fact: string;
                    /** @enum {string} */
                    is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                    /** @default  */
                    value?: string;
                  }[];
                  fact: string;
                  text: {
                    [key: string]: string;
                  };
                  /** @enum {string} */
                  as: "code" | "number" | "date" | "email" | "choice" | "text";
                  /** @default  */
                  example?: string;
                  /** @default [] */
                  choices?: {
                    value: string;
                    words: string[];
                  }[];
                } | {
                  /** @enum {string} */
                  kind: "look_up";
                  /** @default [] */
                  only?: {
                    fact: string;
                    /** @enum {string} */
                    is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                    /** @default  */
                    value?: string;
                  }[];
                  fact: string;
                  from: ("requester.name" | "requester.email" | "requester.company" | "ticket.priority" | "ticket.type" | "ticket.channel") | string;
                } | {
                  /** @enum {string} */
                  kind: "answer";
                  /** @default [] */
                  only?: {
                    fact: string;
                    /** @enum {string} */
                    is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                    /** @default  */
                    value?: string;
                  }[];
                  text: {
                    [key: string]: string;
                  };
                  closes: boolean;
                } | {
                  /** @enum {string} */
                  kind: "propose";
                  /** @default [] */
                  only?: {
                    fact: string;
                    /** @enum {string} */
                    is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                    /** @default  */
                    value?: string;
                  }[];
                  macroId: number;
                } | {
                  /** @enum {string} */
                  kind: "hand_over";
                  /** @default [] */
                  only?: {
                    fact: string;
                    /** @enum {string} */
                    is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                    /** @default  */
                    value?: string;
                  }[];
                })[];
              }[];
            };
            /** @default  */
            note?: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              version: number;
              note: string;
              createdBy: components["schemas"]["NameRef"] | null;
              steps: {
                brandId: number | null;
                channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
                categoryId: number;
                /** @enum {string} */
                from: "off" | "shadow" | "draft" | "tenth" | "half" | "whole";
                /** @enum {string} */
                to: "off" | "shadow" | "draft" | "tenth" | "half" | "whole";
                /** @enum {string} */
                why: "pressed" | "reopened" | "bad_rating" | "wrong" | "escalated" | "harmful";
              }[];
              createdAt: components["schemas"]["Instant"];
              publishedAt: components["schemas"]["Instant"] | null;
              live: boolean;
              settings: {
                name: string;
                rows: {
                  brandId: number | null;
                  channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
                  categoryId: number | null;
                  /** @enum {string} */
                  mode: "off" | "shadow" | "on_request" | "suggest" | "draft" | "auto";
                  share: number;
                }[];
                /** @enum {string} */
                otherwise: "off" | "shadow" | "on_request" | "suggest" | "draft" | "auto";
                triage: {
                  /** @enum {string} */
                  category: "off" | "suggest" | "set";
                  /** @enum {string} */
                  priority: "off" | "suggest" | "set";
                  /**
                  * @default off
                  * @enum {string}
                  */
                  team: "off" | "suggest" | "set";
                  /**
                  * @default off
                  * @enum {string}
                  */
                  tags: "off" | "suggest" | "set";
                  /**
                  * @default off
                  * @enum {string}
                  */
                  language: "off" | "suggest" | "set";
                  /**
                  * @default off
                  * @enum {string}
                  */
                  skill: "off" | "suggest" | "set";
                };
                maxWrong: number;
                draftFrom: number;
                leastEvidence: number;
                highStakes: number[];
                hardPhrases: string[];
                languages: string[];
                phrases: {
                  [key: string]: {
                    greeting: string;
                    closing: string;
                  };
                };
                answersPerDay: number;
                holdout: number;
                sendDelaySeconds: number;
                maxTurns: number;
                /** @default null */
                providerId: number | null;
                /** @default false */
                offersLinks: boolean;
                /** @default [] */
                guidance: {
                  key: string;
                  text: string;
                  brandId: number | null;
                  channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
                  categoryId: number | null;
                  ownerId: number | null;
                  reviewBy: string | null;
                }[];
                /** @default [] */
                procedures: {
                  key: string;
                  name: string;
                  categoryId: number | null;
                  brandId: number | null;
                  languages: string[];
                  phrases: string[];
                  mostQuestions: number;
                  steps: ({
                    /** @enum {string} */
                    kind: "ask";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                    fact: string;
                    text: {
                      [key: string]: string;
                    };
                    /** @enum {string} */
                    as: "code" | "number" | "date" | "email" | "choice" | "text";
                    /** @default  */
                    example: string;
                    /** @default [] */
                    choices: {
                      value: string;
                      words: string[];
                    }[];
                  } | {
                    /** @enum {string} */
                    kind: "look_up";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                    fact: string;
                    from: ("requester.name" | "requester.email" | "requester.company" | "ticket.priority" | "ticket.type" | "ticket.channel") | string;
                  } | {
                    /** @enum {string} */
                    kind: "answer";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                    text: {
                      [key: string]: string;
                    };
                    closes: boolean;
                  } | {
                    /** @enum {string} */
                    kind: "propose";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                    macroId: number;
                  } | {
                    /** @enum {string} */
                    kind: "hand_over";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                  })[];
                }[];
              };
              thresholds: {
                [key: string]: {
                  from: number;
                  n: number;
                  bound: number;
                };
              };
              calibratedOn: number;
              simulationId: number | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/versions/{version}": {
    parameters: {
    };
    /** One version */
    get: {
      parameters: {
        path: {
          version: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              version: number;
              note: string;
              createdBy: components["schemas"]["NameRef"] | null;
              steps: {
                brandId: number | null;
                channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
                categoryId: number;
                /** @enum {string} */
                from: "off" | "shadow" | "draft" | "tenth" | "half" | "whole";
                /** @enum {string} */
                to: "off" | "shadow" | "draft" | "tenth" | "half" | "whole";
                /** @enum {string} */
                why: "pressed" | "reopened" | "bad_rating" | "wrong" | "escalated" | "harmful";
              }[];
              createdAt: components["schemas"]["Instant"];
              publishedAt: components["schemas"]["Instant"] | null;
              live: boolean;
              settings: {
                name: string;
                rows: {
                  brandId: number | null;
                  channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
                  categoryId: number | null;
                  /** @enum {string} */
                  mode: "off" | "shadow" | "on_request" | "suggest" | "draft" | "auto";
                  share: number;
                }[];
                /** @enum {string} */
                otherwise: "off" | "shadow" | "on_request" | "suggest" | "draft" | "auto";
                triage: {
                  /** @enum {string} */
                  category: "off" | "suggest" | "set";
                  /** @enum {string} */
                  priority: "off" | "suggest" | "set";
                  /**
                  * @default off
                  * @enum {string}
                  */
                  team: "off" | "suggest" | "set";
                  /**
                  * @default off
                  * @enum {string}
                  */
                  tags: "off" | "suggest" | "set";
                  /**
                  * @default off
                  * @enum {string}
                  */
                  language: "off" | "suggest" | "set";
                  /**
                  * @default off
                  * @enum {string}
                  */
                  skill: "off" | "suggest" | "set";
                };
                maxWrong: number;
                draftFrom: number;
                leastEvidence: number;
                highStakes: number[];
                hardPhrases: string[];
                languages: string[];
                phrases: {
                  [key: string]: {
                    greeting: string;
                    closing: string;
                  };
                };
                answersPerDay: number;
                holdout: number;
                sendDelaySeconds: number;
                maxTurns: number;
                /** @default null */
                providerId: number | null;
                /** @default false */
                offersLinks: boolean;
                /** @default [] */
                guidance: {
                  key: string;
                  text: string;
                  brandId: number | null;
                  channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
                  categoryId: number | null;
                  ownerId: number | null;
                  reviewBy: string | null;
                }[];
                /** @default [] */
                procedures: {
                  key: string;
                  name: string;
                  categoryId: number | null;
                  brandId: number | null;
                  languages: string[];
                  phrases: string[];
                  mostQuestions: number;
                  steps: ({
                    /** @enum {string} */
                    kind: "ask";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                    fact: string;
                    text: {
                      [key: string]: string;
                    };
                    /** @enum {string} */
                    as: "code" | "number" | "date" | "email" | "choice" | "text";
                    /** @default  */
                    example: string;
                    /** @default [] */
                    choices: {
                      value: string;
                      words: string[];
                    }[];
                  } | {
                    /** @enum {string} */
                    kind: "look_up";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                    fact: string;
                    from: ("requester.name" | "requester.email" | "requester.company" | "ticket.priority" | "ticket.type" | "ticket.channel") | string;
                  } | {
                    /** @enum {string} */
                    kind: "answer";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                    text: {
                      [key: string]: string;
                    };
                    closes: boolean;
                  } | {
                    /** @enum {string} */
                    kind: "propose";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                    macroId: number;
                  } | {
                    /** @enum {string} */
                    kind: "hand_over";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                  })[];
                }[];
              };
              thresholds: {
                [key: string]: {
                  from: number;
                  n: number;
                  bound: number;
                };
              };
              calibratedOn: number;
              simulationId: number | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/assistant/versions/{version}/publish": {
    parameters: {
    };
    /** Makes a version live. One that answers alone needs a simulation; one that goes further than what is live, a reason */
    post: {
      parameters: {
        path: {
          version: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            reason?: string;
          } | null;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              version: number;
              note: string;
              createdBy: components["schemas"]["NameRef"] | null;
              steps: {
                brandId: number | null;
                channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
                categoryId: number;
                /** @enum {string} */
                from: "off" | "shadow" | "draft" | "tenth" | "half" | "whole";
                /** @enum {string} */
                to: "off" | "shadow" | "draft" | "tenth" | "half" | "whole";
                /** @enum {string} */
                why: "pressed" | "reopened" | "bad_rating" | "wrong" | "escalated" | "harmful";
              }[];
              createdAt: components["schemas"]["Instant"];
              publishedAt: components["schemas"]["Instant"] | null;
              live: boolean;
              settings: {
                name: string;
                rows: {
                  brandId: number | null;
                  channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
                  categoryId: number | null;
                  /** @enum {string} */
                  mode: "off" | "shadow" | "on_request" | "suggest" | "draft" | "auto";
                  share: number;
                }[];
                /** @enum {string} */
                otherwise: "off" | "shadow" | "on_request" | "suggest" | "draft" | "auto";
                triage: {
                  /** @enum {string} */
                  category: "off" | "suggest" | "set";
                  /** @enum {string} */
                  priority: "off" | "suggest" | "set";
                  /**
                  * @default off
                  * @enum {string}
                  */
                  team: "off" | "suggest" | "set";
                  /**
                  * @default off
                  * @enum {string}
                  */
                  tags: "off" | "suggest" | "set";
                  /**
                  * @default off
                  * @enum {string}
                  */
                  language: "off" | "suggest" | "set";
                  /**
                  * @default off
                  * @enum {string}
                  */
                  skill: "off" | "suggest" | "set";
                };
                maxWrong: number;
                draftFrom: number;
                leastEvidence: number;
                highStakes: number[];
                hardPhrases: string[];
                languages: string[];
                phrases: {
                  [key: string]: {
                    greeting: string;
                    closing: string;
                  };
                };
                answersPerDay: number;
                holdout: number;
                sendDelaySeconds: number;
                maxTurns: number;
                /** @default null */
                providerId: number | null;
                /** @default false */
                offersLinks: boolean;
                /** @default [] */
                guidance: {
                  key: string;
                  text: string;
                  brandId: number | null;
                  channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
                  categoryId: number | null;
                  ownerId: number | null;
                  reviewBy: string | null;
                }[];
                /** @default [] */
                procedures: {
                  key: string;
                  name: string;
                  categoryId: number | null;
                  brandId: number | null;
                  languages: string[];
                  phrases: string[];
                  mostQuestions: number;
                  steps: ({
                    /** @enum {string} */
                    kind: "ask";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                    fact: string;
                    text: {
                      [key: string]: string;
                    };
                    /** @enum {string} */
                    as: "code" | "number" | "date" | "email" | "choice" | "text";
                    /** @default  */
                    example: string;
                    /** @default [] */
                    choices: {
                      value: string;
                      words: string[];
                    }[];
                  } | {
                    /** @enum {string} */
                    kind: "look_up";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                    fact: string;
                    from: ("requester.name" | "requester.email" | "requester.company" | "ticket.priority" | "ticket.type" | "ticket.channel") | string;
                  } | {
                    /** @enum {string} */
                    kind: "answer";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                    text: {
                      [key: string]: string;
                    };
                    closes: boolean;
                  } | {
                    /** @enum {string} */
                    kind: "propose";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                    macroId: number;
                  } | {
                    /** @enum {string} */
                    kind: "hand_over";
                    /** @default [] */
                    only: {
                      fact: string;
                      /** @enum {string} */
                      is: "known" | "unknown" | "equal" | "other" | "more" | "less";
                      /** @default  */
                      value: string;
                    }[];
                  })[];
                }[];
              };
              thresholds: {
                [key: string]: {
                  from: number;
                  n: number;
                  bound: number;
                };
              };
              calibratedOn: number;
              simulationId: number | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/attachments": {
    parameters: {
    };
    /** Uploads one file as multipart/form-data; name it in a message within 30 days */
    post: {
      parameters: {
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              name: string;
              type: string;
              size: number;
              url: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/attachments/{id}": {
    parameters: {
    };
    /** One attachment, for somebody who sees its ticket: the caller, or whom a signed link is for */
    get: {
      parameters: {
        query?: {
          for?: number;
          until?: number;
          signature?: string;
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/audit": {
    parameters: {
    };
    /** What was changed by whom, newest first */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          thing?: string;
          thingId?: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                at: components["schemas"]["Instant"];
                actor: components["schemas"]["Actor"];
                action: string;
                thing: {
                  type: string;
                  id: number | null;
                  name: string | null;
                };
                changes: {
                  field: string;
                  from: unknown;
                  to: unknown;
                }[];
                back: {
                  /** @enum {string} */
                  method: "PATCH" | "PUT" | "POST";
                  path: string;
                  body: {
                    [key: string]: unknown;
                  };
                } | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/audit/chain": {
    parameters: {
    };
    /** Whether the entries are as they were written, as the hourly look at their chain found */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              look: {
                at: components["schemas"]["Instant"];
                place: number;
                fault: {
                  /** @enum {string} */
                  kind: "altered" | "missing" | "unchained" | "erased" | "cut" | "anchor" | "unsigned";
                  place: number;
                  entryId: number | null;
                } | null;
              } | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/backtests": {
    parameters: {
    };
    /** Backtests, newest first; kept for 90 days */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                /** @enum {string} */
                state: "queued" | "running" | "done" | "cancelled" | "failed";
                /** @enum {string} */
                mode: "past" | "shadow";
                until: components["schemas"]["Instant"] | null;
                candidateVersion: number;
                candidateHash: string;
                baselineVersion: number;
                agreement: {
                  /** @enum {string} */
                  type: "policy" | "calendar";
                  name: string;
                } | null;
                routing: {
                  /** @enum {string} */
                  presence: "recorded_presence" | "synthetic";
                  tried: {
                    /** @enum {string} */
                    kind: "queue" | "skill" | "units" | "staff" | "team";
                    name: string | null;
                  }[];
                } | null;
                from: components["schemas"]["Instant"];
                to: components["schemas"]["Instant"];
                seed: number;
                filter: string | null;
                sample: number | null;
                done: number;
                total: number;
                begunAgain: number;
                failure: string | null;
                createdBy: components["schemas"]["NameRef"] | null;
                createdAt: components["schemas"]["Instant"];
                finishedAt: components["schemas"]["Instant"] | null;
                soFar: {
                  tickets: number;
                  reproduced: number;
                  diffs: number;
                  certain: number;
                  mailsOutside: {
                    baseline: number;
                    candidate: number;
                  };
                  breached: number;
                  saved: number;
                } | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Tries the draft or a version on the past, in the background */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            candidate: ("live" | "draft") | number;
            agreement?: {
              policy?: {
                title: string;
                q: string;
                targets: {
                  metric: ("first_reply" | "next_reply" | "periodic_update" | "pausable_update" | "requester_wait" | "agent_work" | "total_resolution" | "first_resolution" | "ownership") | string;
                  /** @enum {string} */
                  priority: "low" | "normal" | "high" | "urgent";
                  seconds: number | null;
                  calendar: string;
                  /** @default [] */
                  warnAt?: ({
                    percent: number;
                  } | {
                    secondsLeft: number;
                  })[];
                }[];
                /** @default {} */
                options?: {
                  agentCreatedCounts?: boolean;
                  noteFulfils?: boolean;
                  assistantReplyFulfils?: boolean;
                  onHoldPausesRequesterWait?: boolean;
                  ownershipPausesInPending?: boolean;
                  totalCountsResolvedGap?: boolean;
                  mergeInheritsEarliest?: boolean;
                };
                /** @default [] */
                customs?: {
                  key: string;
                  title: string;
                  start: string;
                  stop: string;
                  /** @default  */
                  pause?: string;
                  /**
                  * @default restart
                  * @enum {string}
                  */
                  cycle?: "once" | "resume" | "restart";
                }[];
                /**
                * @default keep_elapsed
                * @enum {string}
                */
                onPolicyChange?: "keep_elapsed" | "restart";
                note?: string;
                reason?: string;
                /** @enum {string} */
                kind: "customer" | "internal" | "supplier";
                id?: number;
              };
              calendar?: {
                id: number;
                hours: {
                  union: string[];
                } | {
                  timeZone: string;
                  /** @default {} */
                  weekly?: {
                    [key: string]: [
                      string,
                      string
                    ][];
                  };
                  /** @default [] */
                  holidays?: string[];
                  /** @default {} */
                  exceptions?: {
                    [key: string]: [
                      string,
                      string
                    ][];
                  };
                };
                effectiveFrom?: components["schemas"]["InstantInput"];
              };
            };
            routing?: {
              queue?: {
                title: string;
                primaryTeams: number[];
                q?: string;
                /** @enum {string} */
                mode?: "push" | "offer" | "pull";
                offerSeconds?: number | null;
                secondaryTeams?: number[];
                calendar?: string;
                needs?: {
                  skillId: number;
                  minLevel: number;
                  tier: number;
                }[];
                vip?: string;
                weights?: {
                  percentUsed: number;
                  priority: number;
                  wait: number;
                };
                slaBands?: number[];
                laneMaxWait?: number | null;
                relax?: {
                  after: number;
                  do: {
                    dropTier: 1 | 2 | 3;
                  } | {
                    lowerLevelsBy: number;
                  } | {
                    /** @enum {boolean} */
                    addSecondaryTeams: true;
                  } | {
                    /** @enum {boolean} */
                    overflow: true;
                  };
                }[];
                overflowQueueId?: number | null;
                share?: number | null;
                criteria?: ("overqualification" | "shortfall" | "load" | "idle")[];
                affinitySeconds?: number;
                sticky?: boolean;
                respectHours?: boolean;
                respectShiftEnd?: boolean;
                id?: number;
                position?: number;
                /** @enum {boolean} */
                archived?: true;
              };
              skill?: {
                name: string;
                needs?: {
                  q: string;
                  minLevel: number;
                  tier: number;
                }[];
                id?: number;
                /** @enum {boolean} */
                archived?: true;
              };
              units?: {
                channels: {
                  [key: string]: number;
                };
                complexity: {
                  categoryId: number;
                  factor: number;
                }[];
                pending: number;
              };
              staff?: {
                /** @enum {string} */
                presence?: "online" | "transfers_only" | "away" | "away_and_reassigning" | "offline";
                maxUnits?: number;
                capacity?: {
                  [key: string]: number;
                };
                calendarId?: number | null;
                skills?: {
                  skillId: number;
                  level: number;
                }[];
                id: number;
              }[];
              team?: {
                id: number;
                members: number[];
              };
              /**
              * @default recorded_presence
              * @enum {string}
              */
              presence?: "recorded_presence" | "synthetic";
            };
            last?: number | {
              from: components["schemas"]["InstantInput"];
              to: components["schemas"]["InstantInput"];
            };
            shadow?: number;
            filter?: string;
            sample?: number;
            /** @default 1 */
            seed?: number;
          };
        };
      };
      responses: {
        202: {
          content: {
            "application/json": {
              id: number;
              /** @enum {string} */
              state: "queued" | "running" | "done" | "cancelled" | "failed";
              /** @enum {string} */
              mode: "past" | "shadow";
              until: components["schemas"]["Instant"] | null;
              candidateVersion: number;
              candidateHash: string;
              baselineVersion: number;
              agreement: {
                /** @enum {string} */
                type: "policy" | "calendar";
                name: string;
              } | null;
              routing: {
                /** @enum {string} */
                presence: "recorded_presence" | "synthetic";
                tried: {
                  /** @enum {string} */
                  kind: "queue" | "skill" | "units" | "staff" | "team";
                  name: string | null;
                }[];
              } | null;
              from: components["schemas"]["Instant"];
              to: components["schemas"]["Instant"];
              seed: number;
              filter: string | null;
              sample: number | null;
              done: number;
              total: number;
              begunAgain: number;
              failure: string | null;
              createdBy: components["schemas"]["NameRef"] | null;
              createdAt: components["schemas"]["Instant"];
              finishedAt: components["schemas"]["Instant"] | null;
              soFar: {
                tickets: number;
                reproduced: number;
                diffs: number;
                certain: number;
                mailsOutside: {
                  baseline: number;
                  candidate: number;
                };
                breached: number;
                saved: number;
              } | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/backtests/{id}": {
    parameters: {
    };
    /** How far a backtest has come, and its report once it is done */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              /** @enum {string} */
              state: "queued" | "running" | "done" | "cancelled" | "failed";
              /** @enum {string} */
              mode: "past" | "shadow";
              until: components["schemas"]["Instant"] | null;
              candidateVersion: number;
              candidateHash: string;
              baselineVersion: number;
              agreement: {
                /** @enum {string} */
                type: "policy" | "calendar";
                name: string;
              } | null;
              routing: {
                /** @enum {string} */
                presence: "recorded_presence" | "synthetic";
                tried: {
                  /** @enum {string} */
                  kind: "queue" | "skill" | "units" | "staff" | "team";
                  name: string | null;
                }[];
              } | null;
              from: components["schemas"]["Instant"];
              to: components["schemas"]["Instant"];
              seed: number;
              filter: string | null;
              sample: number | null;
              done: number;
              total: number;
              begunAgain: number;
              failure: string | null;
              createdBy: components["schemas"]["NameRef"] | null;
              createdAt: components["schemas"]["Instant"];
              finishedAt: components["schemas"]["Instant"] | null;
              soFar: {
                tickets: number;
                reproduced: number;
                diffs: number;
                certain: number;
                mailsOutside: {
                  baseline: number;
                  candidate: number;
                };
                breached: number;
                saved: number;
              } | null;
              report: {
                versions: {
                  baseline: string;
                  candidate: string;
                };
                tickets: number;
                excluded: {
                  [key: string]: number;
                };
                fidelity: {
                  tickets: number;
                  reproduced: number;
                  share: number | null;
                  causes: {
                    [key: string]: number;
                  };
                };
                diffs: number;
                certain: number;
                marks: {
                  [key: string]: number;
                };
                rules: {
                  id: number;
                  key: string;
                  title: string;
                  baseline: {
                    matched: number;
                    fired: number;
                    noOp: number;
                    refused: number;
                    suppressed: number;
                    firstAt: components["schemas"]["Instant"] | null;
                    lastAt: components["schemas"]["Instant"] | null;
                  };
                  candidate: {
                    matched: number;
                    fired: number;
                    noOp: number;
                    refused: number;
                    suppressed: number;
                    firstAt: components["schemas"]["Instant"] | null;
                    lastAt: components["schemas"]["Instant"] | null;
                  };
                  perDay?: {
                    low: number;
                    high: number;
                  };
                  mailsPerDay?: {
                    low: number;
                    high: number;
                  };
                  weeks?: number[];
                  samples: number[];
                }[];
                fields: {
                  /** @enum {string} */
                  field: "status" | "labelId" | "priority" | "type" | "categoryId" | "tags" | "fields" | "requesterId" | "organizationId" | "participants" | "assigneeId" | "teamId" | "queueId" | "brandId" | "formId" | "snoozedUntil" | "subjectRevisionId" | "closeReason" | "flags" | "links";
                  changes: {
                    from: string;
                    to: string;
                    fromName: string | null;
                    toName: string | null;
                    count: number;
                  }[];
                }[];
                mails: {
                  total: {
                    baseline: number;
                    candidate: number;
                  };
                  outside: {
                    baseline: number;
                    candidate: number;
                  };
                  mostPerTicket: {
                    baseline: number;
                    candidate: number;
                  };
                  newRecipients: number;
                  lostRecipients: number;
                  recipients: {
                    baseline: number;
                    candidate: number;
                    to: string;
                    outside: boolean;
                  }[];
                };
                webhooks: {
                  baseline: number;
                  candidate: number;
                };
                conflicts: {
                  baseline: number;
                  candidate: number;
                };
                circuits: {
                  baseline: number;
                  candidate: number;
                };
                mostPasses: {
                  baseline: number;
                  candidate: number;
                };
                reopened: {
                  baseline: number;
                  candidate: number;
                };
                brokenReplays: number;
                sla: {
                  breached: number[];
                  saved: number[];
                  metrics: {
                    metric: string;
                    tickets: number;
                    attainment: {
                      baseline: number | null;
                      candidate: number | null;
                    };
                    difference: number;
                    low: number;
                    high: number;
                  }[];
                };
                routing: {
                  /** @enum {string} */
                  presence: "recorded_presence" | "synthetic";
                  byHours: number;
                  answers: number;
                  arrivals: {
                    baseline: number;
                    candidate: number;
                  };
                  withoutQueue: {
                    baseline: number;
                    candidate: number;
                  };
                  leftOut: number;
                  agents: {
                    otherwise: number;
                    cells: {
                      from: {
                        id: number;
                        name: string;
                      } | null;
                      to: {
                        id: number;
                        name: string;
                      } | null;
                      count: number;
                    }[];
                  };
                  queues: {
                    otherwise: number;
                    cells: {
                      from: {
                        id: number;
                        name: string;
                      } | null;
                      to: {
                        id: number;
                        name: string;
                      } | null;
                      count: number;
                    }[];
                  };
                  inLine: {
                    p50Seconds: {
                      baseline: number;
                      candidate: number;
                    };
                    p90Seconds: {
                      baseline: number;
                      candidate: number;
                    };
                  };
                  begun: {
                    p50Seconds: {
                      baseline: number;
                      candidate: number;
                    };
                    p90Seconds: {
                      baseline: number;
                      candidate: number;
                    };
                  };
                  left: {
                    baseline: number;
                    candidate: number;
                  };
                  byQueue: {
                    p50Seconds: {
                      baseline: number;
                      candidate: number;
                    };
                    p90Seconds: {
                      baseline: number;
                      candidate: number;
                    };
                    queue: {
                      id: number;
                      name: string;
                    };
                    tickets: {
                      baseline: number;
                      candidate: number;
                    };
                    left: {
                      baseline: number;
                      candidate: number;
                    };
                  }[];
                  byAgent: {
                    agent: {
                      id: number;
                      name: string;
                    };
                    tickets: {
                      baseline: number;
                      candidate: number;
                    };
                    workHours: {
                      baseline: number;
                      candidate: number;
                    };
                    fullHours: {
                      baseline: number;
                      candidate: number;
                    };
                  }[];
                } | null;
                findings: {
                  /** @enum {string} */
                  code: "fidelity_low" | "new_external_mail" | "mail_per_ticket_up" | "conflict_new" | "loop_risk" | "sla_worse" | "rule_dead" | "reopen_of_many" | "broken_replay_share" | "thin_history";
                  about: string | null;
                  baseline: number;
                  candidate: number;
                  isWarning: boolean;
                }[];
                hash: string;
              } | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/backtests/{id}/cancel": {
    parameters: {
    };
    /** Stops a backtest, and ends a shadow now; what was found until then stays */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              /** @enum {string} */
              state: "queued" | "running" | "done" | "cancelled" | "failed";
              /** @enum {string} */
              mode: "past" | "shadow";
              until: components["schemas"]["Instant"] | null;
              candidateVersion: number;
              candidateHash: string;
              baselineVersion: number;
              agreement: {
                /** @enum {string} */
                type: "policy" | "calendar";
                name: string;
              } | null;
              routing: {
                /** @enum {string} */
                presence: "recorded_presence" | "synthetic";
                tried: {
                  /** @enum {string} */
                  kind: "queue" | "skill" | "units" | "staff" | "team";
                  name: string | null;
                }[];
              } | null;
              from: components["schemas"]["Instant"];
              to: components["schemas"]["Instant"];
              seed: number;
              filter: string | null;
              sample: number | null;
              done: number;
              total: number;
              begunAgain: number;
              failure: string | null;
              createdBy: components["schemas"]["NameRef"] | null;
              createdAt: components["schemas"]["Instant"];
              finishedAt: components["schemas"]["Instant"] | null;
              soFar: {
                tickets: number;
                reproduced: number;
                diffs: number;
                certain: number;
                mailsOutside: {
                  baseline: number;
                  candidate: number;
                };
                breached: number;
                saved: number;
              } | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/backtests/{id}/diffs": {
    parameters: {
    };
    /** Tickets that would have gone otherwise */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          kind?: "fired" | "not_fired" | "mail_new" | "mail_lost" | "breached" | "saved" | "value";
          rule?: number;
          certain?: string;
          what?: string;
          from?: string;
          to?: string;
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                ticketId: number;
                subject: string | null;
                divergesAt: components["schemas"]["Instant"] | null;
                marks: string[];
                differences: {
                  /** @enum {string} */
                  kind: "fired" | "not_fired" | "mail_new" | "mail_lost" | "breached" | "saved" | "value";
                  at: components["schemas"]["Instant"];
                  certain: boolean;
                  rule: {
                    id: number;
                    title: string;
                  } | null;
                  what: string | null;
                  change: {
                    from: string;
                    to: string;
                    fromName: string | null;
                    toName: string | null;
                  } | null;
                }[];
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/backtests/{id}/diffs.csv": {
    parameters: {
    };
    /** Tickets that would have gone otherwise, as CSV */
    get: {
      parameters: {
        query?: {
          kind?: "fired" | "not_fired" | "mail_new" | "mail_lost" | "breached" | "saved" | "value";
          rule?: number;
          certain?: string;
          what?: string;
          from?: string;
          to?: string;
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/backtests/{id}/diffs.ndjson": {
    parameters: {
    };
    /** Tickets that would have gone otherwise, as NDJSON */
    get: {
      parameters: {
        query?: {
          kind?: "fired" | "not_fired" | "mail_new" | "mail_lost" | "breached" | "saved" | "value";
          rule?: number;
          certain?: string;
          what?: string;
          from?: string;
          to?: string;
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/backtests/{id}/diffs/{ticketId}": {
    parameters: {
    };
    /** One ticket side by side, from where its two lives go apart */
    get: {
      parameters: {
        path: {
          id: number;
          ticketId: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              ticketId: number;
              subject: string | null;
              divergesAt: components["schemas"]["Instant"] | null;
              marks: string[];
              differences: {
                /** @enum {string} */
                kind: "fired" | "not_fired" | "mail_new" | "mail_lost" | "breached" | "saved" | "value";
                at: components["schemas"]["Instant"];
                certain: boolean;
                rule: {
                  id: number;
                  title: string;
                } | null;
                what: string | null;
                change: {
                  from: string;
                  to: string;
                  fromName: string | null;
                  toName: string | null;
                } | null;
              }[];
              baseline: {
                at: components["schemas"]["Instant"];
                actor: components["schemas"]["Actor"];
                events: string[];
                rules: {
                  id: number;
                  title: string;
                  outcome: string;
                }[];
                sent: {
                  /** @enum {string} */
                  kind: "mail" | "webhook";
                  to: string;
                  rule: {
                    id: number;
                    title: string;
                  };
                }[];
                changed: {
                  from: string;
                  to: string;
                  fromName: string | null;
                  toName: string | null;
                  /** @enum {string} */
                  field: "status" | "labelId" | "priority" | "type" | "categoryId" | "tags" | "fields" | "requesterId" | "organizationId" | "participants" | "assigneeId" | "teamId" | "queueId" | "brandId" | "formId" | "snoozedUntil" | "subjectRevisionId" | "closeReason" | "flags" | "links";
                }[];
              }[];
              candidate: {
                at: components["schemas"]["Instant"];
                actor: components["schemas"]["Actor"];
                events: string[];
                rules: {
                  id: number;
                  title: string;
                  outcome: string;
                }[];
                sent: {
                  /** @enum {string} */
                  kind: "mail" | "webhook";
                  to: string;
                  rule: {
                    id: number;
                    title: string;
                  };
                }[];
                changed: {
                  from: string;
                  to: string;
                  fromName: string | null;
                  toName: string | null;
                  /** @enum {string} */
                  field: "status" | "labelId" | "priority" | "type" | "categoryId" | "tags" | "fields" | "requesterId" | "organizationId" | "participants" | "assigneeId" | "teamId" | "queueId" | "brandId" | "formId" | "snoozedUntil" | "subjectRevisionId" | "closeReason" | "flags" | "links";
                }[];
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/backup-plan": {
    parameters: {
    };
    /** When and where the desk backs itself up, and how that fares */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              isOn: boolean;
              hour: number;
              weekday: number | null;
              keep: number;
              checks: boolean;
              place: string;
              timeZone: string;
              nextAt: components["schemas"]["Instant"] | null;
              lastGoodAt: components["schemas"]["Instant"] | null;
              isLate: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Sets when and where; the place is tried by writing to it */
    put: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            isOn: boolean;
            hour: number;
            weekday: number | null;
            keep: number;
            checks: boolean;
            place: string;
            isNewDisk?: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              isOn: boolean;
              hour: number;
              weekday: number | null;
              keep: number;
              checks: boolean;
              place: string;
              timeZone: string;
              nextAt: components["schemas"]["Instant"] | null;
              lastGoodAt: components["schemas"]["Instant"] | null;
              isLate: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/backups": {
    parameters: {
    };
    /** Runs, newest first */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                startedAt: components["schemas"]["Instant"];
                endedAt: components["schemas"]["Instant"] | null;
                by: string | null;
                place: string;
                checked: boolean;
                /** @enum {string} */
                outcome: "running" | "done" | "failed" | "interrupted";
                step: string | null;
                done: number | null;
                total: number | null;
                bytes: number | null;
                files: number | null;
                copied: number | null;
                lost: number | null;
                failure: ("denied" | "full" | "gone" | "store" | "damaged" | "lost" | "other") | null;
                detail: string | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Has a backup made now, in the place of the plan */
    post: {
      parameters: {
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/brands": {
    parameters: {
    };
    /** Brands by name */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                name: string;
                fromName: string;
                signature: string;
                mailbox: {
                  id: number;
                  address: string;
                } | null;
                color: string | null;
                logoUrl: string | null;
                portal: boolean;
                ticketLinks: boolean;
                footer: string;
                footerLinks: {
                  label: string;
                  url: string;
                }[];
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a brand */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            name: string;
            fromName?: string;
            signature?: string;
            mailbox?: number | null;
            color?: string | null;
            logo?: number | null;
            portal?: boolean;
            footer?: string;
            footerLinks?: {
              label: string;
              /** Format: uri */
              url: string;
            }[];
            ticketLinks?: boolean;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              name: string;
              fromName: string;
              signature: string;
              mailbox: {
                id: number;
                address: string;
              } | null;
              color: string | null;
              logoUrl: string | null;
              portal: boolean;
              ticketLinks: boolean;
              footer: string;
              footerLinks: {
                label: string;
                url: string;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/brands/{id}": {
    parameters: {
    };
    /** Changes a brand */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            fromName?: string;
            signature?: string;
            mailbox?: number | null;
            color?: string | null;
            logo?: number | null;
            portal?: boolean;
            footer?: string;
            footerLinks?: {
              label: string;
              /** Format: uri */
              url: string;
            }[];
            ticketLinks?: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              fromName: string;
              signature: string;
              mailbox: {
                id: number;
                address: string;
              } | null;
              color: string | null;
              logoUrl: string | null;
              portal: boolean;
              ticketLinks: boolean;
              footer: string;
              footerLinks: {
                label: string;
                url: string;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/brands/{id}/survey": {
    parameters: {
    };
    /** What a brand asks once a ticket is resolved */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              isOn: boolean;
              delaySeconds: number;
              scale: 2 | 5;
              holdoutPercent: number;
              withoutMailboxes: number[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Sets what a brand asks once a ticket is resolved */
    put: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            isOn: boolean;
            delaySeconds: number;
            scale: 2 | 5;
            holdoutPercent: number;
            withoutMailboxes: number[];
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              isOn: boolean;
              delaySeconds: number;
              scale: 2 | 5;
              holdoutPercent: number;
              withoutMailboxes: number[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/brands/{id}/survey/preview": {
    parameters: {
    };
    /** The mail that asks, its links leading nowhere */
    get: {
      parameters: {
        query?: {
          scale?: number;
          language?: "en" | "de";
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              subject: string;
              text: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/calendar-uses": {
    parameters: {
    };
    /** From now on a team, an organisation or a brand works by a calendar */
    put: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            /** @enum {string} */
            owner: "team" | "organization" | "brand";
            ownerId: number;
            calendarId: number | null;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                name: string;
                archived: boolean;
                versions: {
                  version: number;
                  note: string;
                  at: components["schemas"]["Instant"];
                  by: string | null;
                  effectiveFrom: components["schemas"]["Instant"] | null;
                  hours: {
                    union: string[];
                  } | {
                    timeZone: string;
                    /** @default {} */
                    weekly: {
                      [key: string]: [
                        string,
                        string
                      ][];
                    };
                    /** @default [] */
                    holidays: string[];
                    /** @default {} */
                    exceptions: {
                      [key: string]: [
                        string,
                        string
                      ][];
                    };
                  };
                }[];
                usedBy: {
                  /** @enum {string} */
                  owner: "team" | "organization" | "brand";
                  id: number;
                  name: string;
                }[];
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/calendars": {
    parameters: {
    };
    /** Calendars with their versions, and who works by them */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                name: string;
                archived: boolean;
                versions: {
                  version: number;
                  note: string;
                  at: components["schemas"]["Instant"];
                  by: string | null;
                  effectiveFrom: components["schemas"]["Instant"] | null;
                  hours: {
                    union: string[];
                  } | {
                    timeZone: string;
                    /** @default {} */
                    weekly: {
                      [key: string]: [
                        string,
                        string
                      ][];
                    };
                    /** @default [] */
                    holidays: string[];
                    /** @default {} */
                    exceptions: {
                      [key: string]: [
                        string,
                        string
                      ][];
                    };
                  };
                }[];
                usedBy: {
                  /** @enum {string} */
                  owner: "team" | "organization" | "brand";
                  id: number;
                  name: string;
                }[];
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a calendar; its first version counts since ever */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            name: string;
            hours: {
              union: string[];
            } | {
              timeZone: string;
              /** @default {} */
              weekly?: {
                [key: string]: [
                  string,
                  string
                ][];
              };
              /** @default [] */
              holidays?: string[];
              /** @default {} */
              exceptions?: {
                [key: string]: [
                  string,
                  string
                ][];
              };
            };
            note?: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              name: string;
              archived: boolean;
              versions: {
                version: number;
                note: string;
                at: components["schemas"]["Instant"];
                by: string | null;
                effectiveFrom: components["schemas"]["Instant"] | null;
                hours: {
                  union: string[];
                } | {
                  timeZone: string;
                  /** @default {} */
                  weekly: {
                    [key: string]: [
                      string,
                      string
                    ][];
                  };
                  /** @default [] */
                  holidays: string[];
                  /** @default {} */
                  exceptions: {
                    [key: string]: [
                      string,
                      string
                    ][];
                  };
                };
              }[];
              usedBy: {
                /** @enum {string} */
                owner: "team" | "organization" | "brand";
                id: number;
                name: string;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/calendars/due": {
    parameters: {
    };
    /** When so much working time is over, by hours that need not be published */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            hours: {
              union: string[];
            } | {
              timeZone: string;
              /** @default {} */
              weekly?: {
                [key: string]: [
                  string,
                  string
                ][];
              };
              /** @default [] */
              holidays?: string[];
              /** @default {} */
              exceptions?: {
                [key: string]: [
                  string,
                  string
                ][];
              };
            };
            from: components["schemas"]["InstantInput"];
            seconds: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              dueAt: components["schemas"]["Instant"] | null;
              opensAt: components["schemas"]["Instant"] | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/calendars/ics": {
    parameters: {
    };
    /** The all-day events of an ICS file as holidays, repetitions three years ahead */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            ics: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              holidays: {
                date: string;
                name: string;
              }[];
              left: {
                name: string;
                /** @enum {string} */
                reason: "has_time" | "no_date" | "unreadable" | "too_often";
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/calendars/{id}": {
    parameters: {
    };
    /** Renames or archives a calendar; one that is in use is not archived */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            archived?: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              archived: boolean;
              versions: {
                version: number;
                note: string;
                at: components["schemas"]["Instant"];
                by: string | null;
                effectiveFrom: components["schemas"]["Instant"] | null;
                hours: {
                  union: string[];
                } | {
                  timeZone: string;
                  /** @default {} */
                  weekly: {
                    [key: string]: [
                      string,
                      string
                    ][];
                  };
                  /** @default [] */
                  holidays: string[];
                  /** @default {} */
                  exceptions: {
                    [key: string]: [
                      string,
                      string
                    ][];
                  };
                };
              }[];
              usedBy: {
                /** @enum {string} */
                owner: "team" | "organization" | "brand";
                id: number;
                name: string;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/calendars/{id}/versions": {
    parameters: {
    };
    /** Publishes new hours, from now on unless said; open tickets are judged again */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            hours: {
              union: string[];
            } | {
              timeZone: string;
              /** @default {} */
              weekly?: {
                [key: string]: [
                  string,
                  string
                ][];
              };
              /** @default [] */
              holidays?: string[];
              /** @default {} */
              exceptions?: {
                [key: string]: [
                  string,
                  string
                ][];
              };
            };
            effectiveFrom?: components["schemas"]["InstantInput"];
            restate?: boolean;
            note?: string;
            reason?: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              name: string;
              archived: boolean;
              versions: {
                version: number;
                note: string;
                at: components["schemas"]["Instant"];
                by: string | null;
                effectiveFrom: components["schemas"]["Instant"] | null;
                hours: {
                  union: string[];
                } | {
                  timeZone: string;
                  /** @default {} */
                  weekly: {
                    [key: string]: [
                      string,
                      string
                    ][];
                  };
                  /** @default [] */
                  holidays: string[];
                  /** @default {} */
                  exceptions: {
                    [key: string]: [
                      string,
                      string
                    ][];
                  };
                };
              }[];
              usedBy: {
                /** @enum {string} */
                owner: "team" | "organization" | "brand";
                id: number;
                name: string;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/categories": {
    parameters: {
    };
    /** Categories by path */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          q?: string;
          archived?: "true" | "false";
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                name: string;
                parentId: number | null;
                path: string;
                archived: boolean;
                definition: string;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a category */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            name: string;
            parentId?: number | null;
            definition?: string;
            examples?: number[];
            distinct?: boolean;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              name: string;
              parentId: number | null;
              path: string;
              archived: boolean;
              definition: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/categories/{id}": {
    parameters: {
    };
    /** Renames, moves or archives a category */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            parentId?: number | null;
            archived?: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              parentId: number | null;
              path: string;
              archived: boolean;
              definition: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/categories/{id}/merge": {
    parameters: {
    };
    /** Makes a category one with another: tickets and all that points at it go along; answers the job */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            into: number;
          };
        };
      };
      responses: {
        202: {
          content: {
            "application/json": {
              jobId: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/categories/{id}/unmerge": {
    parameters: {
    };
    /** Takes the merge of a category back; what was rewritten since stays */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        202: {
          content: {
            "application/json": {
              jobId: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/categories/{id}/uses": {
    parameters: {
    };
    /** What points at a category, and how many tickets carry it */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                /** @enum {string} */
                kind: "rule" | "view" | "mailbox" | "form" | "hook" | "queue" | "skill" | "policy" | "macro" | "report" | "retention" | "assistant";
                id: number;
                title: string;
                moves: boolean;
              }[];
              tickets: number;
              closed: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/chat/{key}": {
    parameters: {
    };
    /** What a widget shows before anybody has written */
    get: {
      parameters: {
        path: {
          key: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              name: string;
              greeting: string;
              color: string;
              onColor: string;
              language: string;
              isOpen: boolean;
              opensAt: components["schemas"]["Instant"] | null;
              notesPage: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/chat/{key}/buttons": {
    parameters: {
    };
    /** Says that it is solved, or asks for a person instead of the assistant */
    post: {
      parameters: {
        query?: {
          after?: number;
          of?: number;
        };
        path: {
          key: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            /** @enum {string} */
            button: "solved" | "person";
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              messages: {
                seq: number;
                id: number;
                /** @enum {string} */
                by: "you" | "agent" | "automated" | "other";
                name: string;
                face: string | null;
                at: components["schemas"]["Instant"];
                text: string;
                isRemoved: boolean;
                clientId: string | null;
                files: {
                  id: number;
                  name: string;
                  size: number;
                  isPicture: boolean;
                }[];
              }[];
              removed: number[];
              cursor: number;
              hasMore: boolean;
              state: {
                id: number;
                /** @enum {string} */
                status: "waiting" | "answered" | "ended";
                /** @enum {string} */
                kind: "anonymous" | "claimed" | "verified";
                with: {
                  name: string;
                  face: string | null;
                } | null;
                readSeq: number;
                isAsked: boolean;
                isAutomated: boolean;
                question: {
                  scale: 2 | 5;
                  score: number | null;
                  comment: string;
                  isAsked: boolean;
                } | null;
                place: {
                  number: number;
                  wait: {
                    from: number;
                    to: number;
                  } | null;
                } | null;
              } | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/chat/{key}/confirmations": {
    parameters: {
    };
    /** Mails a link to the address that the visitor of a chat typed; the answer is the same for every address, and its number is typed in where the link leads */
    post: {
      parameters: {
        path: {
          key: string;
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              code: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/chat/{key}/conversation": {
    parameters: {
    };
    /** What was said in the conversation since a place in it, and how it stands */
    get: {
      parameters: {
        query?: {
          after?: number;
          of?: number;
        };
        path: {
          key: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              messages: {
                seq: number;
                id: number;
                /** @enum {string} */
                by: "you" | "agent" | "automated" | "other";
                name: string;
                face: string | null;
                at: components["schemas"]["Instant"];
                text: string;
                isRemoved: boolean;
                clientId: string | null;
                files: {
                  id: number;
                  name: string;
                  size: number;
                  isPicture: boolean;
                }[];
              }[];
              removed: number[];
              cursor: number;
              hasMore: boolean;
              state: {
                id: number;
                /** @enum {string} */
                status: "waiting" | "answered" | "ended";
                /** @enum {string} */
                kind: "anonymous" | "claimed" | "verified";
                with: {
                  name: string;
                  face: string | null;
                } | null;
                readSeq: number;
                isAsked: boolean;
                isAutomated: boolean;
                question: {
                  scale: 2 | 5;
                  score: number | null;
                  comment: string;
                  isAsked: boolean;
                } | null;
                place: {
                  number: number;
                  wait: {
                    from: number;
                    to: number;
                  } | null;
                } | null;
              } | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/chat/{key}/endings": {
    parameters: {
    };
    /** Ends the visit: its token opens nothing any more, and whoever writes next is nobody yet */
    post: {
      parameters: {
        path: {
          key: string;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/chat/{key}/faces/{face}": {
    parameters: {
    };
    /** The picture of somebody who answers in the conversation */
    get: {
      parameters: {
        path: {
          key: string;
          face: string;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/chat/{key}/files": {
    parameters: {
    };
    /** Says something with files, as multipart/form-data; the same clientId again is the same message */
    post: {
      parameters: {
        query?: {
          clientId?: string;
          answer?: string;
          isNew?: string;
          after?: number;
          of?: number;
        };
        path: {
          key: string;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/chat/{key}/files/{fileId}": {
    parameters: {
    };
    /** A file of a message in the conversation */
    get: {
      parameters: {
        path: {
          key: string;
          fileId: number;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/chat/{key}/introductions": {
    parameters: {
    };
    /** What a visitor says of themselves: kept, and not believed */
    post: {
      parameters: {
        path: {
          key: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name: string;
            email: string | null;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              token: string | null;
              /** @enum {string} */
              kind: "anonymous" | "claimed" | "verified";
              name: string;
              email: string | null;
              isOfPage: boolean;
              refused: ("no_key" | "unreadable" | "algorithm" | "signature" | "expired" | "too_long" | "audience" | "claims") | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/chat/{key}/left-messages": {
    parameters: {
    };
    /** Leaves a message while nobody is there: it becomes a ticket that is answered by mail */
    post: {
      parameters: {
        path: {
          key: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            /** Format: uuid */
            clientId: string;
            /** @default  */
            answer?: string;
            /** @default  */
            name?: string;
            email: string;
            text: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              ticketId: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/chat/{key}/left-messages/files": {
    parameters: {
    };
    /** Leaves a message with files while nobody is there, as multipart/form-data */
    post: {
      parameters: {
        query?: {
          clientId?: string;
          answer?: string;
        };
        path: {
          key: string;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/chat/{key}/messages": {
    parameters: {
    };
    /** Says something; the same clientId again is the same message. Answers what is new with it */
    post: {
      parameters: {
        query?: {
          after?: number;
          of?: number;
        };
        path: {
          key: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            /** Format: uuid */
            clientId: string;
            text: string;
            /** @default  */
            answer?: string;
            /** @default false */
            isNew?: boolean;
            /** @default null */
            page?: string | null;
            /** @default null */
            referrer?: string | null;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              messages: {
                seq: number;
                id: number;
                /** @enum {string} */
                by: "you" | "agent" | "automated" | "other";
                name: string;
                face: string | null;
                at: components["schemas"]["Instant"];
                text: string;
                isRemoved: boolean;
                clientId: string | null;
                files: {
                  id: number;
                  name: string;
                  size: number;
                  isPicture: boolean;
                }[];
              }[];
              removed: number[];
              cursor: number;
              hasMore: boolean;
              state: {
                id: number;
                /** @enum {string} */
                status: "waiting" | "answered" | "ended";
                /** @enum {string} */
                kind: "anonymous" | "claimed" | "verified";
                with: {
                  name: string;
                  face: string | null;
                } | null;
                readSeq: number;
                isAsked: boolean;
                isAutomated: boolean;
                question: {
                  scale: 2 | 5;
                  score: number | null;
                  comment: string;
                  isAsked: boolean;
                } | null;
                place: {
                  number: number;
                  wait: {
                    from: number;
                    to: number;
                  } | null;
                } | null;
              } | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/chat/{key}/questions": {
    parameters: {
    };
    /** The visitor sees the question whether it helped: they have been asked, and are not asked by mail */
    post: {
      parameters: {
        path: {
          key: string;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/chat/{key}/ratings": {
    parameters: {
    };
    /** Says whether it helped, once the conversation has ended */
    post: {
      parameters: {
        query?: {
          after?: number;
          of?: number;
        };
        path: {
          key: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            score: number;
            /** @default  */
            comment?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              messages: {
                seq: number;
                id: number;
                /** @enum {string} */
                by: "you" | "agent" | "automated" | "other";
                name: string;
                face: string | null;
                at: components["schemas"]["Instant"];
                text: string;
                isRemoved: boolean;
                clientId: string | null;
                files: {
                  id: number;
                  name: string;
                  size: number;
                  isPicture: boolean;
                }[];
              }[];
              removed: number[];
              cursor: number;
              hasMore: boolean;
              state: {
                id: number;
                /** @enum {string} */
                status: "waiting" | "answered" | "ended";
                /** @enum {string} */
                kind: "anonymous" | "claimed" | "verified";
                with: {
                  name: string;
                  face: string | null;
                } | null;
                readSeq: number;
                isAsked: boolean;
                isAutomated: boolean;
                question: {
                  scale: 2 | 5;
                  score: number | null;
                  comment: string;
                  isAsked: boolean;
                } | null;
                place: {
                  number: number;
                  wait: {
                    from: number;
                    to: number;
                  } | null;
                } | null;
              } | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/chat/{key}/read": {
    parameters: {
    };
    /** Notes how far the visitor has read */
    post: {
      parameters: {
        path: {
          key: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            seq: number;
          };
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/chat/{key}/stream": {
    parameters: {
    };
    /** Server-sent events: what is said in the conversation, and who types */
    get: {
      parameters: {
        query?: {
          after?: number;
          of?: number;
        };
        path: {
          key: string;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/chat/{key}/transcripts": {
    parameters: {
    };
    /** Mails what was said to the visitor; only to an address that is shown to be theirs */
    post: {
      parameters: {
        path: {
          key: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              to: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/chat/{key}/typing": {
    parameters: {
    };
    /** Says that the visitor writes, or has stopped; told and not stored */
    post: {
      parameters: {
        path: {
          key: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            typing: boolean;
          };
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/chat/{key}/visits": {
    parameters: {
    };
    /** Begins a visit through a widget, or goes on with one; the token of a new one is told once */
    post: {
      parameters: {
        path: {
          key: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            /** @default null */
            token?: string | null;
            /** @default null */
            identity?: string | null;
            /** @default null */
            language?: string | null;
            /** @default null */
            timeZone?: string | null;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              token: string | null;
              /** @enum {string} */
              kind: "anonymous" | "claimed" | "verified";
              name: string;
              email: string | null;
              isOfPage: boolean;
              refused: ("no_key" | "unreadable" | "algorithm" | "signature" | "expired" | "too_long" | "audience" | "claims") | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/erasures": {
    parameters: {
    };
    /** Erasures of people, newest first */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                personId: number;
                by: string;
                askedAt: components["schemas"]["Instant"];
                done: number;
                total: number;
                messages: number;
                files: number;
                finishedAt: components["schemas"]["Instant"] | null;
                failure: string | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/events.ndjson": {
    parameters: {
    };
    /** What happened to all tickets in sight, a line of JSON each, every event once; the last line is the cursor to go on from */
    get: {
      parameters: {
        query?: {
          cursor?: string;
          limit?: number;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/exports": {
    parameters: {
    };
    /** Asks who is there, before the desk is fetched from /exports/docket.jsonl */
    post: {
      parameters: {
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/exports/docket.jsonl": {
    parameters: {
    };
    /** The whole desk as lines of JSON, without its files */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/fields": {
    parameters: {
    };
    /** Custom fields by label */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          q?: string;
          archived?: "true" | "false";
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                key: string;
                label: string;
                /** @enum {string} */
                type: "text" | "long_text" | "number" | "checkbox" | "date" | "select" | "multi_select" | "url";
                options: string[];
                help: string | null;
                requiredOnResolve: boolean;
                personal: boolean;
                archived: boolean;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a custom field */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            key?: string;
            label: string;
            /** @enum {string} */
            type: "text" | "long_text" | "number" | "checkbox" | "date" | "select" | "multi_select" | "url";
            options?: string[];
            help?: string | null;
            requiredOnResolve?: boolean;
            personal?: boolean;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              key: string;
              label: string;
              /** @enum {string} */
              type: "text" | "long_text" | "number" | "checkbox" | "date" | "select" | "multi_select" | "url";
              options: string[];
              help: string | null;
              requiredOnResolve: boolean;
              personal: boolean;
              archived: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/fields/{id}": {
    parameters: {
    };
    /** Changes or archives a custom field */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            label?: string;
            options?: string[];
            help?: string | null;
            requiredOnResolve?: boolean;
            archived?: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              key: string;
              label: string;
              /** @enum {string} */
              type: "text" | "long_text" | "number" | "checkbox" | "date" | "select" | "multi_select" | "url";
              options: string[];
              help: string | null;
              requiredOnResolve: boolean;
              personal: boolean;
              archived: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/forms": {
    parameters: {
    };
    /** Forms by their key */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          q?: string;
          archived?: "true" | "false";
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                key: string;
                title: string;
                intro: string;
                brand: components["schemas"]["NameRef"];
                team: components["schemas"]["NameRef"] | null;
                category: string | null;
                questions: {
                  ask: string;
                  /** @default null */
                  label: string | null;
                  /** @default null */
                  help: string | null;
                  /** @default false */
                  required: boolean;
                  /** @default null */
                  when: {
                    ask: string;
                    is: string[];
                    /** @enum {string} */
                    makes: "shown" | "required";
                  } | null;
                }[];
                files: boolean;
                thanks: string;
                origins: string[];
                archived: boolean;
                url: string;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a form */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            title: string;
            intro: string;
            brand: number;
            team: number | null;
            category: string | null;
            questions: {
              ask: string;
              /** @default null */
              label?: string | null;
              /** @default null */
              help?: string | null;
              /** @default false */
              required?: boolean;
              /** @default null */
              when?: {
                ask: string;
                is: string[];
                /** @enum {string} */
                makes: "shown" | "required";
              } | null;
            }[];
            files: boolean;
            thanks: string;
            /** @default [] */
            origins?: string[];
            key: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              key: string;
              title: string;
              intro: string;
              brand: components["schemas"]["NameRef"];
              team: components["schemas"]["NameRef"] | null;
              category: string | null;
              questions: {
                ask: string;
                /** @default null */
                label: string | null;
                /** @default null */
                help: string | null;
                /** @default false */
                required: boolean;
                /** @default null */
                when: {
                  ask: string;
                  is: string[];
                  /** @enum {string} */
                  makes: "shown" | "required";
                } | null;
              }[];
              files: boolean;
              thanks: string;
              origins: string[];
              archived: boolean;
              url: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/forms/{id}": {
    parameters: {
    };
    /** One form */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              key: string;
              title: string;
              intro: string;
              brand: components["schemas"]["NameRef"];
              team: components["schemas"]["NameRef"] | null;
              category: string | null;
              questions: {
                ask: string;
                /** @default null */
                label: string | null;
                /** @default null */
                help: string | null;
                /** @default false */
                required: boolean;
                /** @default null */
                when: {
                  ask: string;
                  is: string[];
                  /** @enum {string} */
                  makes: "shown" | "required";
                } | null;
              }[];
              files: boolean;
              thanks: string;
              origins: string[];
              archived: boolean;
              url: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Changes a form, or takes it away */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            title?: string;
            intro?: string;
            brand?: number;
            team?: number | null;
            category?: string | null;
            questions?: {
              ask: string;
              /** @default null */
              label?: string | null;
              /** @default null */
              help?: string | null;
              /** @default false */
              required?: boolean;
              /** @default null */
              when?: {
                ask: string;
                is: string[];
                /** @enum {string} */
                makes: "shown" | "required";
              } | null;
            }[];
            files?: boolean;
            thanks?: string;
            origins?: string[];
            archived?: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              key: string;
              title: string;
              intro: string;
              brand: components["schemas"]["NameRef"];
              team: components["schemas"]["NameRef"] | null;
              category: string | null;
              questions: {
                ask: string;
                /** @default null */
                label: string | null;
                /** @default null */
                help: string | null;
                /** @default false */
                required: boolean;
                /** @default null */
                when: {
                  ask: string;
                  is: string[];
                  /** @enum {string} */
                  makes: "shown" | "required";
                } | null;
              }[];
              files: boolean;
              thanks: string;
              origins: string[];
              archived: boolean;
              url: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/gaps": {
    parameters: {
    };
    /** What is looked for or asked and stands in no article, the most frequent first */
    get: {
      parameters: {
        query?: {
          days?: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              since: components["schemas"]["Instant"];
              keptDays: number;
              searches: {
                searches: number;
                empty: number;
                unopened: number;
              };
              items: {
                text: string;
                language: string;
                searches: number;
                empty: number;
                texts: {
                  text: string;
                  count: number;
                }[];
                ticketCount: number;
                tickets: {
                  id: number;
                  subject: string;
                }[];
                nearest: components["schemas"]["NameRef"] | null;
              }[];
              deflection: {
                shown: number;
                wrote: number;
                later: number;
                quiet: number;
                open: number;
                left: number;
              };
              unhelpful: {
                id: number;
                title: string;
                language: string;
                yes: number;
                no: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/group-access": {
    parameters: {
    };
    /** What the groups of the company lead to here */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              grants: {
                group: string;
                role: ("admin" | "lead" | "agent" | "viewer") | null;
                /** @default null */
                roleId: number | null;
                teamId: number | null;
              }[];
              known: string[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Says what groups lead to; everybody who comes from a provider or a directory has it at once */
    put: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            grants: {
              group: string;
              role: ("admin" | "lead" | "agent" | "viewer") | null;
              /** @default null */
              roleId?: number | null;
              teamId: number | null;
            }[];
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              grants: {
                group: string;
                role: ("admin" | "lead" | "agent" | "viewer") | null;
                /** @default null */
                roleId: number | null;
                teamId: number | null;
              }[];
              known: string[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/handover": {
    parameters: {
    };
    /** What an agent leaves behind at the end of a shift, what cannot wait first */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          agentId?: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              agent: components["schemas"]["NameRef"];
              /** @enum {string} */
              presence: "online" | "transfers_only" | "away" | "away_and_reassigning" | "offline";
              shiftEndsAt: components["schemas"]["Instant"] | null;
              backAt: components["schemas"]["Instant"] | null;
              urgent: number;
              items: {
                ticketId: number;
                subject: string;
                requester: string;
                /** @enum {string} */
                status: "new" | "open" | "pending" | "on_hold" | "resolved" | "closed";
                /** @enum {string} */
                priority: "low" | "normal" | "high" | "urgent";
                why: ("due" | "waiting") | null;
                dueAt: components["schemas"]["Instant"] | null;
                waitingSince: components["schemas"]["Instant"] | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Hands tickets over to a colleague, or back to the queues; answers what became of each */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            agentId?: number;
            ticketIds: number[];
            to: number | null;
            /** @enum {boolean} */
            despiteConflict?: true;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                ticketId: number;
                seq: number | null;
                refusal: string | null;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/holds": {
    parameters: {
    };
    /** Legal holds that stand, newest first */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                personId: number | null;
                ticketId: number | null;
                name: string;
                reason: string;
                setBy: components["schemas"]["NameRef"];
                setAt: components["schemas"]["Instant"];
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/hooks": {
    parameters: {
    };
    /** Addresses for events of other systems, by name */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          archived?: "true" | "false";
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                name: string;
                /** @enum {string} */
                scheme: "standard" | "github" | "stripe" | "secret" | "none";
                brand: components["schemas"]["NameRef"];
                team: components["schemas"]["NameRef"] | null;
                category: string | null;
                mapping: {
                  only: string;
                  matter: string;
                  email: string;
                  name: string;
                  subject: string;
                  body: string;
                  status: string;
                  priority: string;
                  tags: string;
                  fields: {
                    field: string;
                    text: string;
                  }[];
                };
                /** @enum {string} */
                again: "note" | "message";
                acknowledges: boolean;
                enabled: boolean;
                archived: boolean;
                lastAt: components["schemas"]["Instant"] | null;
                failed: number;
                refusedAt: components["schemas"]["Instant"] | null;
                refusal: string | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds an address for events of another system; address and secret are shown this once */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            name: string;
            brand: number;
            team: number | null;
            category: string | null;
            mapping: {
              only: string;
              matter: string;
              email: string;
              name: string;
              subject: string;
              body: string;
              status: string;
              priority: string;
              tags: string;
              fields: {
                field: string;
                text: string;
              }[];
            };
            /** @enum {string} */
            again: "note" | "message";
            acknowledges: boolean;
            /** @enum {string} */
            scheme: "standard" | "github" | "stripe" | "secret" | "none";
            secret?: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              name: string;
              /** @enum {string} */
              scheme: "standard" | "github" | "stripe" | "secret" | "none";
              brand: components["schemas"]["NameRef"];
              team: components["schemas"]["NameRef"] | null;
              category: string | null;
              mapping: {
                only: string;
                matter: string;
                email: string;
                name: string;
                subject: string;
                body: string;
                status: string;
                priority: string;
                tags: string;
                fields: {
                  field: string;
                  text: string;
                }[];
              };
              /** @enum {string} */
              again: "note" | "message";
              acknowledges: boolean;
              enabled: boolean;
              archived: boolean;
              lastAt: components["schemas"]["Instant"] | null;
              failed: number;
              refusedAt: components["schemas"]["Instant"] | null;
              refusal: string | null;
              url: string | null;
              secret: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/hooks/tries": {
    parameters: {
    };
    /** What a mapping makes of an event that was recorded, or of a sample; nothing is written */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            mapping: {
              only: string;
              matter: string;
              email: string;
              name: string;
              subject: string;
              body: string;
              status: string;
              priority: string;
              tags: string;
              fields: {
                field: string;
                text: string;
              }[];
            };
            hook?: number;
            delivery?: number;
            body?: string;
            /** @default {} */
            headers?: {
              [key: string]: string;
            };
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              /** @enum {string} */
              outcome: "opens" | "updates" | "skipped" | "failed";
              detail: string | null;
              path: string | null;
              ticketId: number | null;
              texts: {
                part: string;
                text: string;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/hooks/{id}": {
    parameters: {
    };
    /** One address for events of another system */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              /** @enum {string} */
              scheme: "standard" | "github" | "stripe" | "secret" | "none";
              brand: components["schemas"]["NameRef"];
              team: components["schemas"]["NameRef"] | null;
              category: string | null;
              mapping: {
                only: string;
                matter: string;
                email: string;
                name: string;
                subject: string;
                body: string;
                status: string;
                priority: string;
                tags: string;
                fields: {
                  field: string;
                  text: string;
                }[];
              };
              /** @enum {string} */
              again: "note" | "message";
              acknowledges: boolean;
              enabled: boolean;
              archived: boolean;
              lastAt: components["schemas"]["Instant"] | null;
              failed: number;
              refusedAt: components["schemas"]["Instant"] | null;
              refusal: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Changes what events become, pauses the address or takes it away */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            brand?: number;
            team?: number | null;
            category?: string | null;
            mapping?: {
              only: string;
              matter: string;
              email: string;
              name: string;
              subject: string;
              body: string;
              status: string;
              priority: string;
              tags: string;
              fields: {
                field: string;
                text: string;
              }[];
            };
            /** @enum {string} */
            again?: "note" | "message";
            acknowledges?: boolean;
            enabled?: boolean;
            archived?: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              /** @enum {string} */
              scheme: "standard" | "github" | "stripe" | "secret" | "none";
              brand: components["schemas"]["NameRef"];
              team: components["schemas"]["NameRef"] | null;
              category: string | null;
              mapping: {
                only: string;
                matter: string;
                email: string;
                name: string;
                subject: string;
                body: string;
                status: string;
                priority: string;
                tags: string;
                fields: {
                  field: string;
                  text: string;
                }[];
              };
              /** @enum {string} */
              again: "note" | "message";
              acknowledges: boolean;
              enabled: boolean;
              archived: boolean;
              lastAt: components["schemas"]["Instant"] | null;
              failed: number;
              refusedAt: components["schemas"]["Instant"] | null;
              refusal: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/hooks/{id}/address": {
    parameters: {
    };
    /** Draws another address; the old one leads nowhere at once */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              /** @enum {string} */
              scheme: "standard" | "github" | "stripe" | "secret" | "none";
              brand: components["schemas"]["NameRef"];
              team: components["schemas"]["NameRef"] | null;
              category: string | null;
              mapping: {
                only: string;
                matter: string;
                email: string;
                name: string;
                subject: string;
                body: string;
                status: string;
                priority: string;
                tags: string;
                fields: {
                  field: string;
                  text: string;
                }[];
              };
              /** @enum {string} */
              again: "note" | "message";
              acknowledges: boolean;
              enabled: boolean;
              archived: boolean;
              lastAt: components["schemas"]["Instant"] | null;
              failed: number;
              refusedAt: components["schemas"]["Instant"] | null;
              refusal: string | null;
              url: string | null;
              secret: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/hooks/{id}/deliveries": {
    parameters: {
    };
    /** What came to an address, newest first; the content of the newest fifty is kept, and of what failed */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          state?: "arrived" | "done" | "skipped" | "failed";
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                at: components["schemas"]["Instant"];
                senderKey: string | null;
                /** @enum {string} */
                state: "arrived" | "done" | "skipped" | "failed";
                detail: string | null;
                ticketId: number | null;
                isKept: boolean;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Carries out a sample as if its sender had told it */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            body: string;
            /** @default {} */
            headers?: {
              [key: string]: string;
            };
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              at: components["schemas"]["Instant"];
              senderKey: string | null;
              /** @enum {string} */
              state: "arrived" | "done" | "skipped" | "failed";
              detail: string | null;
              ticketId: number | null;
              isKept: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/hooks/{id}/deliveries/{deliveryId}": {
    parameters: {
    };
    /** One event with what it said */
    get: {
      parameters: {
        path: {
          id: number;
          deliveryId: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              at: components["schemas"]["Instant"];
              senderKey: string | null;
              /** @enum {string} */
              state: "arrived" | "done" | "skipped" | "failed";
              detail: string | null;
              ticketId: number | null;
              isKept: boolean;
              headers: {
                [key: string]: string;
              } | null;
              body: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Takes away what an event said; that it came stays written down */
    delete: {
      parameters: {
        path: {
          id: number;
          deliveryId: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/hooks/{id}/deliveries/{deliveryId}/replay": {
    parameters: {
    };
    /** Carries out an event that failed, by the mapping of today */
    post: {
      parameters: {
        path: {
          id: number;
          deliveryId: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              at: components["schemas"]["Instant"];
              senderKey: string | null;
              /** @enum {string} */
              state: "arrived" | "done" | "skipped" | "failed";
              detail: string | null;
              ticketId: number | null;
              isKept: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/hooks/{id}/proof": {
    parameters: {
    };
    /** Says how the sender proves itself, with a new secret; the old one is void at once */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            /** @enum {string} */
            scheme: "standard" | "github" | "stripe" | "secret" | "none";
            secret?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              /** @enum {string} */
              scheme: "standard" | "github" | "stripe" | "secret" | "none";
              brand: components["schemas"]["NameRef"];
              team: components["schemas"]["NameRef"] | null;
              category: string | null;
              mapping: {
                only: string;
                matter: string;
                email: string;
                name: string;
                subject: string;
                body: string;
                status: string;
                priority: string;
                tags: string;
                fields: {
                  field: string;
                  text: string;
                }[];
              };
              /** @enum {string} */
              again: "note" | "message";
              acknowledges: boolean;
              enabled: boolean;
              archived: boolean;
              lastAt: components["schemas"]["Instant"] | null;
              failed: number;
              refusedAt: components["schemas"]["Instant"] | null;
              refusal: string | null;
              url: string | null;
              secret: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/identity-providers": {
    parameters: {
    };
    /** Where agents sign in besides here, with what was found of each when it was tried */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: components["schemas"]["IdentityProvider"][];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a provider, switched off until it was tried */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            /**
            * @default oidc
            * @enum {string}
            */
            kind?: "oidc" | "saml" | "ldap";
            name: string;
            /** Format: uri */
            issuer?: string;
            clientId?: string;
            clientSecret?: string;
            metadata?: string;
            /** Format: uri */
            metadataUrl?: string;
            ldap?: {
              url: string;
              authority: string | null;
              bindDn: string;
              baseDn: string;
              filter: string;
              nestedGroups: boolean;
              syncHours: number | null;
            };
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": components["schemas"]["IdentityProvider"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/identity-providers/{id}": {
    parameters: {
    };
    /** One provider */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["IdentityProvider"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Takes a provider away; sessions that came by it end, and accounts need another way in */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Changes a provider; it is switched on once a trial of it came to its end */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            /** Format: uri */
            issuer?: string;
            clientId?: string;
            clientSecret?: string | null;
            metadata?: string;
            /** Format: uri */
            metadataUrl?: string;
            takesUnasked?: boolean;
            signsRequests?: boolean;
            /** @enum {boolean} */
            newKey?: true;
            ldap?: {
              url: string;
              authority: string | null;
              bindDn: string;
              baseDn: string;
              filter: string;
              nestedGroups: boolean;
              syncHours: number | null;
            };
            scopes?: string;
            groupsClaim?: string;
            domains?: string[];
            isOn?: boolean;
            vouchesFactor?: boolean;
            replacesPassword?: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["IdentityProvider"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/identity-providers/{id}/trial": {
    parameters: {
    };
    /** Tries a directory with somebody’s name and password there; nothing of either is kept */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            login: string;
            password: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["IdentityProvider"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/image-senders/{id}": {
    parameters: {
    };
    /** Shows the caller this person's remote images from now on */
    put: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Hides this person's remote images from the caller again, until asked for */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/imports": {
    parameters: {
    };
    /** Imports, newest first */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                source: string;
                kind: string;
                /** @enum {string} */
                state: "waiting" | "running" | "paused" | "done" | "failed" | "undoing" | "undone";
                look: boolean;
                counts: {
                  [key: string]: {
                    seen: number;
                    created: number;
                    updated: number;
                    unchanged: number;
                    skipped: number;
                    failed: number;
                  };
                };
                problems: {
                  kind: string;
                  reason: string;
                  count: number;
                  sample: string;
                }[];
                complete: boolean;
                expected: number | null;
                rate: number | null;
                createdAt: components["schemas"]["Instant"];
                endedAt: components["schemas"]["Instant"] | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Looks at another desk, or brings it in, in the background */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            /** @enum {string} */
            kind: "zendesk" | "freshdesk" | "helpscout" | "intercom";
            /** Format: uri */
            url: string;
            /** @default  */
            user?: string;
            token: string;
            /** @default true */
            look?: boolean;
          } | {
            /** @enum {string} */
            kind: "zammad" | "chatwoot" | "freescout" | "osticket" | "rt";
            /** Format: uri */
            database: string;
            /** @default true */
            look?: boolean;
          } | {
            /** @enum {string} */
            kind: "zendesk-export";
            name: string;
            files: {
              file: number;
              name: string;
            }[];
            /** @default true */
            look?: boolean;
          } | {
            /** @enum {string} */
            kind: "csv";
            name: string;
            file: number;
            map: {
              columns: {
                [key: string]: ("id" | "subject" | "text" | "requesterEmail" | "requesterName" | "status" | "priority" | "assignee" | "team" | "tags" | "createdAt" | "updatedAt" | "solvedAt" | "field") | null;
              };
              /** @default {} */
              status?: {
                [key: string]: "new" | "open" | "pending" | "on_hold" | "resolved" | "closed";
              };
              /** @default {} */
              priority?: {
                [key: string]: "low" | "normal" | "high" | "urgent";
              };
              /** @default {} */
              assignee?: {
                [key: string]: string | null;
              };
              /**
              * @default {
              *       "order": "ymd",
              *       "zone": "UTC"
              *     }
              */
              dates?: {
                /**
                * @default ymd
                * @enum {string}
                */
                order?: "ymd" | "dmy" | "mdy";
                /** @default UTC */
                zone?: string;
              };
            };
            /** @default true */
            look?: boolean;
          } | {
            /** @enum {string} */
            kind: "mbox";
            name: string;
            file: number;
            map: {
              mailboxes?: string[];
              agents?: string[];
              /**
              * @default resolved
              * @enum {string}
              */
              answered?: "new" | "open" | "pending" | "on_hold" | "resolved" | "closed";
              /**
              * @default open
              * @enum {string}
              */
              unanswered?: "new" | "open" | "pending" | "on_hold" | "resolved" | "closed";
              /** @default null */
              quietDays?: number | null;
            };
            /** @default true */
            look?: boolean;
          };
        };
      };
      responses: {
        202: {
          content: {
            "application/json": {
              id: number;
              source: string;
              kind: string;
              /** @enum {string} */
              state: "waiting" | "running" | "paused" | "done" | "failed" | "undoing" | "undone";
              look: boolean;
              counts: {
                [key: string]: {
                  seen: number;
                  created: number;
                  updated: number;
                  unchanged: number;
                  skipped: number;
                  failed: number;
                };
              };
              problems: {
                kind: string;
                reason: string;
                count: number;
                sample: string;
              }[];
              complete: boolean;
              expected: number | null;
              rate: number | null;
              createdAt: components["schemas"]["Instant"];
              endedAt: components["schemas"]["Instant"] | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/imports/files": {
    parameters: {
    };
    /** Uploads a CSV as multipart/form-data and says what stands in it; nothing is imported yet */
    post: {
      parameters: {
      };
      responses: {
        201: {
          content: {
            "application/json": {
              file: number;
              name: string;
              rows: number;
              encoding: string;
              delimiter: string;
              columns: {
                heading: string;
                filled: number;
                samples: string[];
                values: {
                  value: string;
                  count: number;
                  status: ("new" | "open" | "pending" | "on_hold" | "resolved" | "closed") | null;
                  priority: ("low" | "normal" | "high" | "urgent") | null;
                  assignee: string | null;
                }[];
                unreadable: {
                  [key: string]: number;
                };
              }[];
              map: {
                columns: {
                  [key: string]: ("id" | "subject" | "text" | "requesterEmail" | "requesterName" | "status" | "priority" | "assignee" | "team" | "tags" | "createdAt" | "updatedAt" | "solvedAt" | "field") | null;
                };
                status: {
                  [key: string]: "new" | "open" | "pending" | "on_hold" | "resolved" | "closed";
                };
                priority: {
                  [key: string]: "low" | "normal" | "high" | "urgent";
                };
                assignee: {
                  [key: string]: string | null;
                };
                dates: {
                  /** @enum {string} */
                  order: "ymd" | "dmy" | "mdy";
                  zone: string;
                };
              };
              agents: {
                name: string;
                email: string;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/imports/mailboxes": {
    parameters: {
    };
    /** Uploads an mbox as multipart/form-data and says what lies in it; nothing is imported yet */
    post: {
      parameters: {
      };
      responses: {
        201: {
          content: {
            "application/json": {
              file: number;
              name: string;
              mails: number;
              conversations: number;
              oldest: components["schemas"]["Instant"] | null;
              newest: components["schemas"]["Instant"] | null;
              aside: {
                reason: string;
                count: number;
              }[];
              addresses: {
                address: string;
                name: string;
                count: number;
              }[];
              map: {
                mailboxes: string[];
                agents: string[];
                /** @enum {string} */
                answered: "new" | "open" | "pending" | "on_hold" | "resolved" | "closed";
                /** @enum {string} */
                unanswered: "new" | "open" | "pending" | "on_hold" | "resolved" | "closed";
                quietDays: number | null;
              };
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/imports/zendesk-files": {
    parameters: {
    };
    /** Uploads a file of Zendesk’s own export and says what it holds; nothing is imported yet */
    post: {
      parameters: {
      };
      responses: {
        201: {
          content: {
            "application/json": {
              file: number;
              name: string;
              /** @enum {string} */
              kind: "organizations" | "users" | "tickets";
              records: number;
              host: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/imports/{id}": {
    parameters: {
    };
    /** One import with its report */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              source: string;
              kind: string;
              /** @enum {string} */
              state: "waiting" | "running" | "paused" | "done" | "failed" | "undoing" | "undone";
              look: boolean;
              counts: {
                [key: string]: {
                  seen: number;
                  created: number;
                  updated: number;
                  unchanged: number;
                  skipped: number;
                  failed: number;
                };
              };
              problems: {
                kind: string;
                reason: string;
                count: number;
                sample: string;
              }[];
              complete: boolean;
              expected: number | null;
              rate: number | null;
              createdAt: components["schemas"]["Instant"];
              endedAt: components["schemas"]["Instant"] | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/imports/{id}/pause": {
    parameters: {
    };
    /** Stops an import between two batches; it can go on */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        202: {
          content: {
            "application/json": {
              id: number;
              source: string;
              kind: string;
              /** @enum {string} */
              state: "waiting" | "running" | "paused" | "done" | "failed" | "undoing" | "undone";
              look: boolean;
              counts: {
                [key: string]: {
                  seen: number;
                  created: number;
                  updated: number;
                  unchanged: number;
                  skipped: number;
                  failed: number;
                };
              };
              problems: {
                kind: string;
                reason: string;
                count: number;
                sample: string;
              }[];
              complete: boolean;
              expected: number | null;
              rate: number | null;
              createdAt: components["schemas"]["Instant"];
              endedAt: components["schemas"]["Instant"] | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/imports/{id}/problems.csv": {
    parameters: {
    };
    /** What could not come as it was, record by record with its place, as CSV */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/imports/{id}/run": {
    parameters: {
    };
    /** Makes a look the real thing, or goes on with what was paused or failed */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        202: {
          content: {
            "application/json": {
              id: number;
              source: string;
              kind: string;
              /** @enum {string} */
              state: "waiting" | "running" | "paused" | "done" | "failed" | "undoing" | "undone";
              look: boolean;
              counts: {
                [key: string]: {
                  seen: number;
                  created: number;
                  updated: number;
                  unchanged: number;
                  skipped: number;
                  failed: number;
                };
              };
              problems: {
                kind: string;
                reason: string;
                count: number;
                sample: string;
              }[];
              complete: boolean;
              expected: number | null;
              rate: number | null;
              createdAt: components["schemas"]["Instant"];
              endedAt: components["schemas"]["Instant"] | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/imports/{id}/undo": {
    parameters: {
    };
    /** Takes a whole import back, but for tickets that somebody has worked on */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        202: {
          content: {
            "application/json": {
              id: number;
              source: string;
              kind: string;
              /** @enum {string} */
              state: "waiting" | "running" | "paused" | "done" | "failed" | "undoing" | "undone";
              look: boolean;
              counts: {
                [key: string]: {
                  seen: number;
                  created: number;
                  updated: number;
                  unchanged: number;
                  skipped: number;
                  failed: number;
                };
              };
              problems: {
                kind: string;
                reason: string;
                count: number;
                sample: string;
              }[];
              complete: boolean;
              expected: number | null;
              rate: number | null;
              createdAt: components["schemas"]["Instant"];
              endedAt: components["schemas"]["Instant"] | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/inbound-sources": {
    parameters: {
    };
    /** Providers that post mail to this desk */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                name: string;
                /** @enum {string} */
                provider: "ses" | "mailgun" | "postmark" | "sendgrid";
                mailAt: components["schemas"]["Instant"] | null;
                mails: number;
                refusedAt: components["schemas"]["Instant"] | null;
                refusal: string | null;
                createdAt: components["schemas"]["Instant"];
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a provider; the address to post to is in this answer alone */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            name: string;
            /** @enum {string} */
            provider: "ses" | "mailgun" | "postmark" | "sendgrid";
            proof: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              name: string;
              /** @enum {string} */
              provider: "ses" | "mailgun" | "postmark" | "sendgrid";
              mailAt: components["schemas"]["Instant"] | null;
              mails: number;
              refusedAt: components["schemas"]["Instant"] | null;
              refusal: string | null;
              createdAt: components["schemas"]["Instant"];
              url: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/inbound-sources/{id}": {
    parameters: {
    };
    /** Removes a provider; what it posts is refused from now on */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/inbound/email": {
    parameters: {
    };
    /** Takes one raw mail (message/rfc822) */
    post: {
      parameters: {
        query?: {
          mailbox?: string;
          from?: string;
        };
      };
      responses: {
        202: {
          content: {
            "application/json": {
              id: number;
              duplicate: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/inbound/hooks/{key}": {
    parameters: {
    };
    /** Takes mail from a provider, by its own proof */
    post: {
      parameters: {
        path: {
          key: string;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/jobs": {
    parameters: {
    };
    /** The caller's jobs, newest first */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: components["schemas"]["Job"][];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/jobs/{id}": {
    parameters: {
    };
    /** A job and how far it has come */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["Job"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/jobs/{id}/cancel": {
    parameters: {
    };
    /** Stops a job; what it did stays and can be undone */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["Job"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/jobs/{id}/items": {
    parameters: {
    };
    /** What became of each ticket of a job */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          state?: "waiting" | "done" | "unchanged" | "skipped" | "failed";
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                ticket: {
                  id: number;
                  subject: string;
                  /** @enum {string} */
                  status: "new" | "open" | "pending" | "on_hold" | "resolved" | "closed";
                };
                /** @enum {string} */
                state: "waiting" | "done" | "unchanged" | "skipped" | "failed";
                reason: string | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/jobs/{id}/undo": {
    parameters: {
    };
    /** Takes back what a job did, where nobody changed it since; answers the new job */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        202: {
          content: {
            "application/json": components["schemas"]["Job"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/macros": {
    parameters: {
    };
    /** The macros the caller has: own, of teams, shared */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          q?: string;
          archived?: "true" | "false";
          folder?: string;
          of?: "desk";
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                name: string;
                /** @enum {string} */
                scope: "personal" | "team" | "shared";
                owner: components["schemas"]["NameRef"];
                team: components["schemas"]["NameRef"] | null;
                change: {
                  /** @enum {string} */
                  status?: "open" | "pending" | "on_hold" | "resolved" | "closed";
                  /** @enum {string} */
                  closeReason?: "duplicate" | "no_response" | "obsolete" | "out_of_scope" | "other";
                  /** @enum {string} */
                  priority?: "low" | "normal" | "high" | "urgent";
                  team?: (number | string) | null;
                  category?: string | null;
                  addTags?: string[];
                  removeTags?: string[];
                  fields?: {
                    [key: string]: string | number | boolean | string[] | null;
                  };
                  assignee?: number | "me" | null;
                  snoozeSeconds?: number;
                  /** @enum {boolean} */
                  askAssistant?: true;
                };
                message: {
                  /** @enum {string} */
                  kind: "reply" | "note";
                  body: string;
                  texts: {
                    [key: string]: string;
                  };
                } | null;
                folder: string;
                files: {
                  sha256: string;
                  name: string;
                  type: string;
                  size: number;
                }[];
                archived: boolean;
                uses: number;
                mine: boolean;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a macro */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            name: string;
            /** @enum {string} */
            scope: "personal" | "team" | "shared";
            team?: number | null;
            change?: {
              /** @enum {string} */
              status?: "open" | "pending" | "on_hold" | "resolved" | "closed";
              /** @enum {string} */
              closeReason?: "duplicate" | "no_response" | "obsolete" | "out_of_scope" | "other";
              /** @enum {string} */
              priority?: "low" | "normal" | "high" | "urgent";
              team?: (number | string) | null;
              category?: string | null;
              addTags?: string[];
              removeTags?: string[];
              fields?: {
                [key: string]: string | number | boolean | string[] | null;
              };
              assignee?: number | "me" | null;
              snoozeSeconds?: number;
              /** @enum {boolean} */
              askAssistant?: true;
            };
            message?: {
              /** @enum {string} */
              kind: "reply" | "note";
              body: string;
              texts?: {
                [key: string]: string;
              };
            } | null;
            folder?: string;
            files?: string[];
            uploads?: number[];
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              name: string;
              /** @enum {string} */
              scope: "personal" | "team" | "shared";
              owner: components["schemas"]["NameRef"];
              team: components["schemas"]["NameRef"] | null;
              change: {
                /** @enum {string} */
                status?: "open" | "pending" | "on_hold" | "resolved" | "closed";
                /** @enum {string} */
                closeReason?: "duplicate" | "no_response" | "obsolete" | "out_of_scope" | "other";
                /** @enum {string} */
                priority?: "low" | "normal" | "high" | "urgent";
                team?: (number | string) | null;
                category?: string | null;
                addTags?: string[];
                removeTags?: string[];
                fields?: {
                  [key: string]: string | number | boolean | string[] | null;
                };
                assignee?: number | "me" | null;
                snoozeSeconds?: number;
                /** @enum {boolean} */
                askAssistant?: true;
              };
              message: {
                /** @enum {string} */
                kind: "reply" | "note";
                body: string;
                texts: {
                  [key: string]: string;
                };
              } | null;
              folder: string;
              files: {
                sha256: string;
                name: string;
                type: string;
                size: number;
              }[];
              archived: boolean;
              uses: number;
              mine: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/macros/{id}": {
    parameters: {
    };
    /** Changes a macro, archives it, restores it */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            /** @enum {string} */
            scope?: "personal" | "team" | "shared";
            team?: number | null;
            change?: {
              /** @enum {string} */
              status?: "open" | "pending" | "on_hold" | "resolved" | "closed";
              /** @enum {string} */
              closeReason?: "duplicate" | "no_response" | "obsolete" | "out_of_scope" | "other";
              /** @enum {string} */
              priority?: "low" | "normal" | "high" | "urgent";
              team?: (number | string) | null;
              category?: string | null;
              addTags?: string[];
              removeTags?: string[];
              fields?: {
                [key: string]: string | number | boolean | string[] | null;
              };
              assignee?: number | "me" | null;
              snoozeSeconds?: number;
              /** @enum {boolean} */
              askAssistant?: true;
            };
            message?: {
              /** @enum {string} */
              kind: "reply" | "note";
              body: string;
              texts?: {
                [key: string]: string;
              };
            } | null;
            folder?: string;
            files?: string[];
            uploads?: number[];
            archived?: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              /** @enum {string} */
              scope: "personal" | "team" | "shared";
              owner: components["schemas"]["NameRef"];
              team: components["schemas"]["NameRef"] | null;
              change: {
                /** @enum {string} */
                status?: "open" | "pending" | "on_hold" | "resolved" | "closed";
                /** @enum {string} */
                closeReason?: "duplicate" | "no_response" | "obsolete" | "out_of_scope" | "other";
                /** @enum {string} */
                priority?: "low" | "normal" | "high" | "urgent";
                team?: (number | string) | null;
                category?: string | null;
                addTags?: string[];
                removeTags?: string[];
                fields?: {
                  [key: string]: string | number | boolean | string[] | null;
                };
                assignee?: number | "me" | null;
                snoozeSeconds?: number;
                /** @enum {boolean} */
                askAssistant?: true;
              };
              message: {
                /** @enum {string} */
                kind: "reply" | "note";
                body: string;
                texts: {
                  [key: string]: string;
                };
              } | null;
              folder: string;
              files: {
                sha256: string;
                name: string;
                type: string;
                size: number;
              }[];
              archived: boolean;
              uses: number;
              mine: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/macros/{id}/apply": {
    parameters: {
    };
    /** Applies a macro to a ticket as one update, its message included */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            ticketId: number;
            expectedSeq?: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["Ticket"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/macros/{id}/files/{sha256}": {
    parameters: {
    };
    /** One file of a macro */
    get: {
      parameters: {
        path: {
          id: number;
          sha256: string;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/macros/{id}/preview": {
    parameters: {
    };
    /** What a macro would do to a ticket; changes nothing */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            ticketId: number;
            expectedSeq?: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              changes: {
                field: string;
                from: string;
                to: string;
              }[];
              message: {
                /** @enum {string} */
                kind: "reply" | "note";
                body: string;
                language: string | null;
                unresolved: string[];
              } | null;
              files: {
                sha256: string;
                name: string;
                type: string;
                size: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/macros/{id}/uploads": {
    parameters: {
    };
    /** The files of a macro as uploads of the caller’s own, to be named in a message */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              items: {
                id: number;
                name: string;
                type: string;
                size: number;
                url: string;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/mail-brakes": {
    parameters: {
    };
    /** Where automatic mail was stopped; without a ticket, for those who see the outbox */
    get: {
      parameters: {
        query?: {
          ticketId?: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                email: string | null;
                ticketId: number | null;
                at: components["schemas"]["Instant"];
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/mail-brakes/{id}/end": {
    parameters: {
    };
    /** Lets automatic mail go on */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/mail-policy": {
    parameters: {
    };
    /** What decides whether mail is believed and let in */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              trustedServers: string[];
              trustedSealers: string[];
              /** @enum {string} */
              unverifiedReplies: "join" | "hold";
              /** @enum {string} */
              agentAnswers: "off" | "note" | "reply";
              spamScore: number;
              spamHeaders: boolean;
              onlyAllowed: boolean;
              onlyKnown: boolean;
              holdLists: boolean;
              senderPerHour: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Changes it; every version is kept */
    patch: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            trustedServers?: string[];
            trustedSealers?: string[];
            /** @enum {string} */
            unverifiedReplies?: "join" | "hold";
            /** @enum {string} */
            agentAnswers?: "off" | "note" | "reply";
            spamScore?: number;
            spamHeaders?: boolean;
            onlyAllowed?: boolean;
            onlyKnown?: boolean;
            holdLists?: boolean;
            senderPerHour?: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              trustedServers: string[];
              trustedSealers: string[];
              /** @enum {string} */
              unverifiedReplies: "join" | "hold";
              /** @enum {string} */
              agentAnswers: "off" | "note" | "reply";
              spamScore: number;
              spamHeaders: boolean;
              onlyAllowed: boolean;
              onlyKnown: boolean;
              holdLists: boolean;
              senderPerHour: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/mail-templates": {
    parameters: {
    };
    /** What automatic mail says, by brand and language */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                /** @enum {string} */
                kind: "acknowledgement" | "resolved";
                brandId: number | null;
                language: string | null;
                subject: string;
                body: string;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a template, or changes that of the same kind, brand and language */
    put: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            /** @enum {string} */
            kind: "acknowledgement" | "resolved";
            brandId: number | null;
            language: string | null;
            subject: string;
            body: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              /** @enum {string} */
              kind: "acknowledgement" | "resolved";
              brandId: number | null;
              language: string | null;
              subject: string;
              body: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/mail-templates/{id}": {
    parameters: {
    };
    /** Removes a template; the desk’s own words are used again */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/mailboxes": {
    parameters: {
    };
    /** Mailboxes by address, with how each is doing */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          q?: string;
          archived?: "true" | "false";
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: components["schemas"]["Mailbox"][];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a mailbox */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            address: string;
            name?: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": components["schemas"]["Mailbox"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/mailboxes/detect": {
    parameters: {
    };
    /** The provider of an address, by its MX */
    get: {
      parameters: {
        query: {
          address: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              provider: string;
              oauth: ("google" | "microsoft" | "custom") | null;
              imap: {
                host: string;
                port: number;
                /** @enum {string} */
                security: "tls" | "starttls" | "none";
              };
              smtp: {
                host: string;
                port: number;
                /** @enum {string} */
                security: "tls" | "starttls" | "none";
              };
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/mailboxes/oauth-callback": {
    parameters: {
    };
    /** Where the provider sends the browser back; goes on to the mailbox */
    get: {
      parameters: {
        query: {
          state: string;
          code?: string;
          error?: string;
          error_description?: string;
        };
      };
      responses: {
        200: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/mailboxes/{id}": {
    parameters: {
    };
    /** One mailbox */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["Mailbox"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Changes a mailbox, its connections and credentials; archives it */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            fromName?: string;
            brand?: number;
            team?: number | null;
            signature?: string;
            language?: string | null;
            /** @enum {boolean} */
            isDefault?: true;
            archived?: boolean;
            paused?: boolean;
            /** @enum {string} */
            ccFromMail?: "add" | "suggest" | "ignore";
            trustForwards?: boolean;
            alertAfterMinutes?: number;
            /** @enum {string} */
            importHistory?: "none" | "30d" | "all";
            imap?: {
              host: string;
              port: number;
              /** @enum {string} */
              security: "tls" | "starttls" | "none";
              user: string;
              /** @enum {string} */
              auth: "password" | "oauth";
              /** @default INBOX */
              folder?: string;
              /**
              * @default seen
              * @enum {string}
              */
              afterFetch?: "keep" | "seen" | "move";
              /** @default null */
              moveTo?: string | null;
            } | null;
            smtp?: {
              host: string;
              port: number;
              /** @enum {string} */
              security: "tls" | "starttls" | "none";
              user: string;
              /** @enum {string} */
              auth: "password" | "oauth" | "none";
            } | null;
            oauth?: {
              /** @enum {string} */
              provider: "google" | "microsoft" | "custom";
              clientId: string;
              /** Format: uri */
              authorizeUrl?: string;
              /** Format: uri */
              tokenUrl?: string;
              scope?: string;
            } | null;
            dkim?: {
              selector: string;
            } | null;
            imapPassword?: string | null;
            smtpPassword?: string | null;
            clientSecret?: string | null;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["Mailbox"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/mailboxes/{id}/check": {
    parameters: {
    };
    /** Tries the connections of a mailbox now */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            /** @enum {string} */
            part: "imap" | "smtp" | "dns";
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              checks: {
                /** @enum {string} */
                name: "imap_connect" | "imap_login" | "imap_folder" | "smtp_connect" | "smtp_login" | "mx" | "spf" | "dkim" | "dmarc";
                /** @enum {string} */
                state: "ok" | "failed" | "skipped";
                ms: number;
                words: string;
                cure: string | null;
                wanted: string | null;
                found: string | null;
              }[];
              folders: string[];
              historyCount: number | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/mailboxes/{id}/oauth": {
    parameters: {
    };
    /** Where to send the browser for consent at the provider */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              url: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/mailboxes/{id}/test": {
    parameters: {
    };
    /** Sends a mail from the mailbox to itself */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              sentAt: components["schemas"]["Instant"];
              response: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/mails": {
    parameters: {
    };
    /** Every mail that came in, newest first, and what became of it */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                receivedAt: components["schemas"]["Instant"];
                source: string;
                mailbox: string | null;
                size: number;
                outcome: {
                  /** @enum {string} */
                  what: "waiting" | "opened" | "joined" | "delivery" | "held" | "tested";
                  ticketId: number | null;
                  reason: string | null;
                };
                from: {
                  name: string;
                  email: string;
                } | null;
                subject: string;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/mails/explain": {
    parameters: {
    };
    /** How a raw mail would be understood; nothing is kept */
    post: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              receivedAt: components["schemas"]["Instant"];
              source: string;
              mailbox: string | null;
              size: number;
              outcome: {
                /** @enum {string} */
                what: "waiting" | "opened" | "joined" | "delivery" | "held" | "tested";
                ticketId: number | null;
                reason: string | null;
              };
              envelope: {
                from: string | null;
                to: string[];
                remoteAddress: string | null;
              };
              parse: {
                from: {
                  name: string;
                  email: string;
                } | null;
                to: {
                  name: string;
                  email: string;
                }[];
                cc: {
                  name: string;
                  email: string;
                }[];
                subject: string;
                messageId: string | null;
                inReplyTo: string | null;
                references: string[];
                date: string | null;
                attachments: {
                  name: string;
                  type: string;
                  size: number;
                  inline: boolean;
                }[];
                headers: {
                  name: string;
                  value: string;
                }[];
                problems: string[];
              } | null;
              identity: {
                author: string | null;
                /** @enum {string} */
                check: "verified" | "unverified" | "failed";
                authentication: {
                  spf: string;
                  dkim: string;
                  dmarc: string;
                  arc: string;
                  policy: string;
                  aligned: boolean;
                  spfDomain: string | null;
                  dkimDomain: string | null;
                  /** @enum {string} */
                  source: "here" | "trusted_server" | "none";
                };
                listed: ("allow" | "block") | null;
              } | null;
              thread: {
                ticketId: number | null;
                by: ("token" | "message_id" | "agent_token") | null;
                subjectNumber: number | null;
                role: ("requester" | "participant") | null;
              } | null;
              judge: {
                kind: string;
                mayAutoReply: boolean;
                reason: string;
                score: number;
                points: {
                  name: string;
                  points: number;
                  detail: string;
                }[];
                hold: {
                  reason: string;
                  detail: string;
                } | null;
              } | null;
              quote: {
                visibleText: string;
                quotedText: string;
                signature: string | null;
                originalSender: {
                  name: string;
                  email: string;
                } | null;
              } | null;
              failure: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/mails/{id}": {
    parameters: {
    };
    /** How a mail was understood, step by step */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              receivedAt: components["schemas"]["Instant"];
              source: string;
              mailbox: string | null;
              size: number;
              outcome: {
                /** @enum {string} */
                what: "waiting" | "opened" | "joined" | "delivery" | "held" | "tested";
                ticketId: number | null;
                reason: string | null;
              };
              envelope: {
                from: string | null;
                to: string[];
                remoteAddress: string | null;
              };
              parse: {
                from: {
                  name: string;
                  email: string;
                } | null;
                to: {
                  name: string;
                  email: string;
                }[];
                cc: {
                  name: string;
                  email: string;
                }[];
                subject: string;
                messageId: string | null;
                inReplyTo: string | null;
                references: string[];
                date: string | null;
                attachments: {
                  name: string;
                  type: string;
                  size: number;
                  inline: boolean;
                }[];
                headers: {
                  name: string;
                  value: string;
                }[];
                problems: string[];
              } | null;
              identity: {
                author: string | null;
                /** @enum {string} */
                check: "verified" | "unverified" | "failed";
                authentication: {
                  spf: string;
                  dkim: string;
                  dmarc: string;
                  arc: string;
                  policy: string;
                  aligned: boolean;
                  spfDomain: string | null;
                  dkimDomain: string | null;
                  /** @enum {string} */
                  source: "here" | "trusted_server" | "none";
                };
                listed: ("allow" | "block") | null;
              } | null;
              thread: {
                ticketId: number | null;
                by: ("token" | "message_id" | "agent_token") | null;
                subjectNumber: number | null;
                role: ("requester" | "participant") | null;
              } | null;
              judge: {
                kind: string;
                mayAutoReply: boolean;
                reason: string;
                score: number;
                points: {
                  name: string;
                  points: number;
                  detail: string;
                }[];
                hold: {
                  reason: string;
                  detail: string;
                } | null;
              } | null;
              quote: {
                visibleText: string;
                quotedText: string;
                signature: string | null;
                originalSender: {
                  name: string;
                  email: string;
                } | null;
              } | null;
              failure: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/mentions": {
    parameters: {
    };
    /** The newest mentions of the caller */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                ticket: {
                  id: number;
                  subject: string;
                };
                messageId: number;
                by: components["schemas"]["PersonRef"];
                at: components["schemas"]["Instant"];
                read: boolean;
                snippet: string;
              }[];
              nextCursor: string | null;
              unread: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/mentions/read": {
    parameters: {
    };
    /** Marks all mentions of the caller as read */
    post: {
      parameters: {
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/offers": {
    parameters: {
    };
    /** What is on offer to the caller */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                ticketId: number;
                subject: string;
                requester: string;
                queue: components["schemas"]["NameRef"];
                offeredAt: components["schemas"]["Instant"];
                expiresAt: components["schemas"]["Instant"];
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/offers/{id}/accept": {
    parameters: {
    };
    /** Takes what was offered */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              ticketId: number | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/offers/{id}/decline": {
    parameters: {
    };
    /** Declines an offer: the ticket keeps its place and goes to somebody else */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              ticketId: number | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/organizations": {
    parameters: {
    };
    /** Organisations by part of name */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          q?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: components["schemas"]["NameRef"][];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/outbox": {
    parameters: {
    };
    /** Mail on its way out, newest first */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          state?: "held" | "queued" | "sending" | "sent" | "delivered" | "delayed" | "bounced" | "failed" | "unknown";
          ticketId?: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                /** @enum {string} */
                kind: "email" | "webhook";
                /** @enum {string} */
                state: "held" | "queued" | "sending" | "sent" | "delivered" | "delayed" | "bounced" | "failed" | "unknown";
                ticketId: number | null;
                messageId: number | null;
                to: {
                  name: string;
                  email: string;
                }[];
                subject: string | null;
                createdAt: components["schemas"]["Instant"];
                sendAt: components["schemas"]["Instant"] | null;
                sentAt: components["schemas"]["Instant"] | null;
                attempts: number;
                nextAttemptAt: components["schemas"]["Instant"] | null;
                detail: string | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/outbox/kept": {
    parameters: {
    };
    /** Mail that was due while nothing could carry it away, and could leave now */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              count: number;
              since: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Lets kept mail leave, or discards it: all that could leave now, or the mails that are named */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            /** @enum {string} */
            do: "send" | "discard";
            ids?: number[];
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              count: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/outbox/{id}": {
    parameters: {
    };
    /** One mail as it leaves */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              /** @enum {string} */
              kind: "email" | "webhook";
              /** @enum {string} */
              state: "held" | "queued" | "sending" | "sent" | "delivered" | "delayed" | "bounced" | "failed" | "unknown";
              ticketId: number | null;
              messageId: number | null;
              to: {
                name: string;
                email: string;
              }[];
              subject: string | null;
              createdAt: components["schemas"]["Instant"];
              sendAt: components["schemas"]["Instant"] | null;
              sentAt: components["schemas"]["Instant"] | null;
              attempts: number;
              nextAttemptAt: components["schemas"]["Instant"] | null;
              detail: string | null;
              from: {
                name: string;
                email: string;
              } | null;
              cc: {
                name: string;
                email: string;
              }[];
              headers: {
                name: string;
                value: string;
              }[];
              text: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/outbox/{id}/retry": {
    parameters: {
    };
    /** Puts a failed mail back into the queue */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              /** @enum {string} */
              kind: "email" | "webhook";
              /** @enum {string} */
              state: "held" | "queued" | "sending" | "sent" | "delivered" | "delayed" | "bounced" | "failed" | "unknown";
              ticketId: number | null;
              messageId: number | null;
              to: {
                name: string;
                email: string;
              }[];
              subject: string | null;
              createdAt: components["schemas"]["Instant"];
              sendAt: components["schemas"]["Instant"] | null;
              sentAt: components["schemas"]["Instant"] | null;
              attempts: number;
              nextAttemptAt: components["schemas"]["Instant"] | null;
              detail: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/people": {
    parameters: {
    };
    /** People by part of name or address */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          q?: string;
          customers?: "true";
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: components["schemas"]["Person"][];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a person */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            phone?: string | null;
            language?: string | null;
            timeZone?: string | null;
            notes?: string | null;
            organization?: string | null;
            email: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": components["schemas"]["Person"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/people/{id}": {
    parameters: {
    };
    /** One person */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["Person"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Changes a person */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            phone?: string | null;
            language?: string | null;
            timeZone?: string | null;
            notes?: string | null;
            organization?: string | null;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["Person"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/people/{id}/addresses": {
    parameters: {
    };
    /** Gives a person one more address */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            email: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": components["schemas"]["Person"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/people/{id}/addresses/{address}": {
    parameters: {
    };
    /** Takes an address from a person, but not the one that mail goes to */
    delete: {
      parameters: {
        path: {
          id: number;
          address: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["Person"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/people/{id}/addresses/{address}/primary": {
    parameters: {
    };
    /** Sends mail for a person to this address of theirs from now on */
    post: {
      parameters: {
        path: {
          id: number;
          address: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["Person"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/people/{id}/data": {
    parameters: {
    };
    /** Asks who is there, before the data of a person is fetched from /people/{id}/data.zip */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/people/{id}/data.zip": {
    parameters: {
    };
    /** What a person may have of what is kept of them, as pages and JSON, with files */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/people/{id}/duplicates": {
    parameters: {
    };
    /** Who may be one with a person */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                name: string;
                email: string;
                /** @enum {string} */
                reason: "mailbox" | "phone" | "name";
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/people/{id}/erasure": {
    parameters: {
    };
    /** What would go with a person, in numbers, what stands in the way, and how far it is */
    get: {
      parameters: {
        query?: {
          counts?: string;
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              tickets?: number;
              otherTickets?: number;
              messages?: number;
              files?: number;
              mails?: number;
              heldMails?: number;
              chats?: number;
              comments?: number;
              addresses?: number;
              isLeft: boolean;
              hindrance: ("colleague" | "joined" | "legal_hold") | null;
              holds: {
                id: number;
                personId: number | null;
                ticketId: number | null;
                name: string;
                reason: string;
                setBy: components["schemas"]["NameRef"];
                setAt: components["schemas"]["Instant"];
              }[];
              erasure: {
                id: number;
                personId: number;
                by: string;
                askedAt: components["schemas"]["Instant"];
                done: number;
                total: number;
                messages: number;
                files: number;
                finishedAt: components["schemas"]["Instant"] | null;
                failure: string | null;
              } | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Erases a person for good; it is worked off in the background */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            tickets: number;
            otherTickets: number;
          };
        };
      };
      responses: {
        202: {
          content: {
            "application/json": {
              id: number;
              personId: number;
              by: string;
              askedAt: components["schemas"]["Instant"];
              done: number;
              total: number;
              messages: number;
              files: number;
              finishedAt: components["schemas"]["Instant"] | null;
              failure: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/people/{id}/hold": {
    parameters: {
    };
    /** Keeps a person from being erased */
    put: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            reason: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                personId: number | null;
                ticketId: number | null;
                name: string;
                reason: string;
                setBy: components["schemas"]["NameRef"];
                setAt: components["schemas"]["Instant"];
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Lifts the legal hold on a person */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                personId: number | null;
                ticketId: number | null;
                name: string;
                reason: string;
                setBy: components["schemas"]["NameRef"];
                setAt: components["schemas"]["Instant"];
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/people/{id}/holds": {
    parameters: {
    };
    /** The legal holds that keep a person */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                personId: number | null;
                ticketId: number | null;
                name: string;
                reason: string;
                setBy: components["schemas"]["NameRef"];
                setAt: components["schemas"]["Instant"];
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/people/{id}/join": {
    parameters: {
    };
    /** Makes one person of two */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            otherId: number;
            /** @default [] */
            take?: ("name" | "phone" | "language" | "timeZone" | "organization")[];
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["Person"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/people/{id}/join/{otherId}": {
    parameters: {
    };
    /** What would become of two people who are one */
    get: {
      parameters: {
        path: {
          id: number;
          otherId: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              kept: components["schemas"]["Person"];
              gone: components["schemas"]["Person"];
              conflicts: {
                /** @enum {string} */
                field: "name" | "phone" | "language" | "timeZone" | "organization";
                kept: string;
                gone: string;
              }[];
              refusal: ("same_person" | "colleague" | "out_of_sight" | "joined_already" | "too_many_tickets") | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/people/{id}/joins": {
    parameters: {
    };
    /** Who was joined into a person and can be taken apart still, newest first */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                at: components["schemas"]["Instant"];
                name: string;
                undoableUntil: components["schemas"]["Instant"];
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/people/{id}/joins/{joinId}/undo": {
    parameters: {
    };
    /** Makes two people of one again, within thirty days */
    post: {
      parameters: {
        path: {
          id: number;
          joinId: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["Person"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/people/{id}/manager": {
    parameters: {
    };
    /** Makes a person the manager of their organisation, who reads its tickets at the portal, or no manager */
    put: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            manages: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              sessions: number;
              lastSeenAt: components["schemas"]["Instant"] | null;
              manages: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/people/{id}/portal": {
    parameters: {
    };
    /** How a person comes to their tickets at the portal */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              sessions: number;
              lastSeenAt: components["schemas"]["Instant"] | null;
              manages: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Ends a person’s sessions at the portal, and takes back the links in mails to them */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/policies": {
    parameters: {
    };
    /** The newest version of each policy, in the order in which they are tried */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                /** @enum {string} */
                kind: "customer" | "internal" | "supplier";
                position: number;
                archived: boolean;
                title: string;
                q: string;
                targets: {
                  metric: ("first_reply" | "next_reply" | "periodic_update" | "pausable_update" | "requester_wait" | "agent_work" | "total_resolution" | "first_resolution" | "ownership") | string;
                  /** @enum {string} */
                  priority: "low" | "normal" | "high" | "urgent";
                  seconds: number | null;
                  calendar: string;
                  /** @default [] */
                  warnAt: ({
                    percent: number;
                  } | {
                    secondsLeft: number;
                  })[];
                }[];
                /** @default {} */
                options: {
                  agentCreatedCounts?: boolean;
                  noteFulfils?: boolean;
                  assistantReplyFulfils?: boolean;
                  onHoldPausesRequesterWait?: boolean;
                  ownershipPausesInPending?: boolean;
                  totalCountsResolvedGap?: boolean;
                  mergeInheritsEarliest?: boolean;
                };
                /** @default [] */
                customs: {
                  key: string;
                  title: string;
                  start: string;
                  stop: string;
                  /** @default  */
                  pause: string;
                  /**
                  * @default restart
                  * @enum {string}
                  */
                  cycle: "once" | "resume" | "restart";
                }[];
                /**
                * @default keep_elapsed
                * @enum {string}
                */
                onPolicyChange: "keep_elapsed" | "restart";
                version: number;
                note: string;
                at: components["schemas"]["Instant"];
                by: string | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a policy behind the others of its kind; open tickets are judged again */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            title: string;
            q: string;
            targets: {
              metric: ("first_reply" | "next_reply" | "periodic_update" | "pausable_update" | "requester_wait" | "agent_work" | "total_resolution" | "first_resolution" | "ownership") | string;
              /** @enum {string} */
              priority: "low" | "normal" | "high" | "urgent";
              seconds: number | null;
              calendar: string;
              /** @default [] */
              warnAt?: ({
                percent: number;
              } | {
                secondsLeft: number;
              })[];
            }[];
            /** @default {} */
            options?: {
              agentCreatedCounts?: boolean;
              noteFulfils?: boolean;
              assistantReplyFulfils?: boolean;
              onHoldPausesRequesterWait?: boolean;
              ownershipPausesInPending?: boolean;
              totalCountsResolvedGap?: boolean;
              mergeInheritsEarliest?: boolean;
            };
            /** @default [] */
            customs?: {
              key: string;
              title: string;
              start: string;
              stop: string;
              /** @default  */
              pause?: string;
              /**
              * @default restart
              * @enum {string}
              */
              cycle?: "once" | "resume" | "restart";
            }[];
            /**
            * @default keep_elapsed
            * @enum {string}
            */
            onPolicyChange?: "keep_elapsed" | "restart";
            note?: string;
            reason?: string;
            /** @enum {string} */
            kind: "customer" | "internal" | "supplier";
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              /** @enum {string} */
              kind: "customer" | "internal" | "supplier";
              position: number;
              archived: boolean;
              title: string;
              q: string;
              targets: {
                metric: ("first_reply" | "next_reply" | "periodic_update" | "pausable_update" | "requester_wait" | "agent_work" | "total_resolution" | "first_resolution" | "ownership") | string;
                /** @enum {string} */
                priority: "low" | "normal" | "high" | "urgent";
                seconds: number | null;
                calendar: string;
                /** @default [] */
                warnAt: ({
                  percent: number;
                } | {
                  secondsLeft: number;
                })[];
              }[];
              /** @default {} */
              options: {
                agentCreatedCounts?: boolean;
                noteFulfils?: boolean;
                assistantReplyFulfils?: boolean;
                onHoldPausesRequesterWait?: boolean;
                ownershipPausesInPending?: boolean;
                totalCountsResolvedGap?: boolean;
                mergeInheritsEarliest?: boolean;
              };
              /** @default [] */
              customs: {
                key: string;
                title: string;
                start: string;
                stop: string;
                /** @default  */
                pause: string;
                /**
                * @default restart
                * @enum {string}
                */
                cycle: "once" | "resume" | "restart";
              }[];
              /**
              * @default keep_elapsed
              * @enum {string}
              */
              onPolicyChange: "keep_elapsed" | "restart";
              version: number;
              note: string;
              at: components["schemas"]["Instant"];
              by: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/policies/preview": {
    parameters: {
    };
    /** What publishing would do to clocks, and what the last 30 days would have been */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            policy?: {
              title: string;
              q: string;
              targets: {
                metric: ("first_reply" | "next_reply" | "periodic_update" | "pausable_update" | "requester_wait" | "agent_work" | "total_resolution" | "first_resolution" | "ownership") | string;
                /** @enum {string} */
                priority: "low" | "normal" | "high" | "urgent";
                seconds: number | null;
                calendar: string;
                /** @default [] */
                warnAt?: ({
                  percent: number;
                } | {
                  secondsLeft: number;
                })[];
              }[];
              /** @default {} */
              options?: {
                agentCreatedCounts?: boolean;
                noteFulfils?: boolean;
                assistantReplyFulfils?: boolean;
                onHoldPausesRequesterWait?: boolean;
                ownershipPausesInPending?: boolean;
                totalCountsResolvedGap?: boolean;
                mergeInheritsEarliest?: boolean;
              };
              /** @default [] */
              customs?: {
                key: string;
                title: string;
                start: string;
                stop: string;
                /** @default  */
                pause?: string;
                /**
                * @default restart
                * @enum {string}
                */
                cycle?: "once" | "resume" | "restart";
              }[];
              /**
              * @default keep_elapsed
              * @enum {string}
              */
              onPolicyChange?: "keep_elapsed" | "restart";
              note?: string;
              reason?: string;
              /** @enum {string} */
              kind: "customer" | "internal" | "supplier";
              id?: number;
            };
            calendar?: {
              id: number;
              hours: {
                union: string[];
              } | {
                timeZone: string;
                /** @default {} */
                weekly?: {
                  [key: string]: [
                    string,
                    string
                  ][];
                };
                /** @default [] */
                holidays?: string[];
                /** @default {} */
                exceptions?: {
                  [key: string]: [
                    string,
                    string
                  ][];
                };
              };
              effectiveFrom?: components["schemas"]["InstantInput"];
            };
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              tickets: number;
              capped: boolean;
              changes: {
                /** @enum {string} */
                kind: "later" | "earlier" | "breached" | "unbreached" | "started" | "cancelled";
                count: number;
                clocks: {
                  ticket: {
                    id: number;
                    subject: string;
                  };
                  metric: ("first_reply" | "next_reply" | "periodic_update" | "pausable_update" | "requester_wait" | "agent_work" | "total_resolution" | "first_resolution" | "ownership") | string;
                  team: string | null;
                  from: components["schemas"]["Instant"] | null;
                  to: components["schemas"]["Instant"] | null;
                }[];
              }[];
              wouldHaveMet: {
                metric: ("first_reply" | "next_reply" | "periodic_update" | "pausable_update" | "requester_wait" | "agent_work" | "total_resolution" | "first_resolution" | "ownership") | string;
                now: {
                  met: number;
                  missed: number;
                };
                drafted: {
                  met: number;
                  missed: number;
                };
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/policies/recompute": {
    parameters: {
    };
    /** How far judging all open tickets again has come after the last publications */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                /** @enum {string} */
                cause: "policy_change" | "calendar_change";
                createdAt: components["schemas"]["Instant"];
                done: number;
                total: number;
                changed: number;
                finishedAt: components["schemas"]["Instant"] | null;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/policies/risk": {
    parameters: {
    };
    /** How far the risk score of clocks can be trusted, on the half of the history it was not learned from */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              samples: number;
              brier: number | null;
              plain: number | null;
              bins: {
                from: number;
                to: number;
                samples: number;
                said: number;
                happened: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/policies/{id}": {
    parameters: {
    };
    /** Archives a policy, or moves it in the order in which policies are tried */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            archived?: boolean;
            position?: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              /** @enum {string} */
              kind: "customer" | "internal" | "supplier";
              position: number;
              archived: boolean;
              title: string;
              q: string;
              targets: {
                metric: ("first_reply" | "next_reply" | "periodic_update" | "pausable_update" | "requester_wait" | "agent_work" | "total_resolution" | "first_resolution" | "ownership") | string;
                /** @enum {string} */
                priority: "low" | "normal" | "high" | "urgent";
                seconds: number | null;
                calendar: string;
                /** @default [] */
                warnAt: ({
                  percent: number;
                } | {
                  secondsLeft: number;
                })[];
              }[];
              /** @default {} */
              options: {
                agentCreatedCounts?: boolean;
                noteFulfils?: boolean;
                assistantReplyFulfils?: boolean;
                onHoldPausesRequesterWait?: boolean;
                ownershipPausesInPending?: boolean;
                totalCountsResolvedGap?: boolean;
                mergeInheritsEarliest?: boolean;
              };
              /** @default [] */
              customs: {
                key: string;
                title: string;
                start: string;
                stop: string;
                /** @default  */
                pause: string;
                /**
                * @default restart
                * @enum {string}
                */
                cycle: "once" | "resume" | "restart";
              }[];
              /**
              * @default keep_elapsed
              * @enum {string}
              */
              onPolicyChange: "keep_elapsed" | "restart";
              version: number;
              note: string;
              at: components["schemas"]["Instant"];
              by: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/policies/{id}/versions": {
    parameters: {
    };
    /** All versions of a policy, newest first */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                /** @enum {string} */
                kind: "customer" | "internal" | "supplier";
                position: number;
                archived: boolean;
                title: string;
                q: string;
                targets: {
                  metric: ("first_reply" | "next_reply" | "periodic_update" | "pausable_update" | "requester_wait" | "agent_work" | "total_resolution" | "first_resolution" | "ownership") | string;
                  /** @enum {string} */
                  priority: "low" | "normal" | "high" | "urgent";
                  seconds: number | null;
                  calendar: string;
                  /** @default [] */
                  warnAt: ({
                    percent: number;
                  } | {
                    secondsLeft: number;
                  })[];
                }[];
                /** @default {} */
                options: {
                  agentCreatedCounts?: boolean;
                  noteFulfils?: boolean;
                  assistantReplyFulfils?: boolean;
                  onHoldPausesRequesterWait?: boolean;
                  ownershipPausesInPending?: boolean;
                  totalCountsResolvedGap?: boolean;
                  mergeInheritsEarliest?: boolean;
                };
                /** @default [] */
                customs: {
                  key: string;
                  title: string;
                  start: string;
                  stop: string;
                  /** @default  */
                  pause: string;
                  /**
                  * @default restart
                  * @enum {string}
                  */
                  cycle: "once" | "resume" | "restart";
                }[];
                /**
                * @default keep_elapsed
                * @enum {string}
                */
                onPolicyChange: "keep_elapsed" | "restart";
                version: number;
                note: string;
                at: components["schemas"]["Instant"];
                by: string | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Publishes a new version of a policy; open tickets are judged again */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            title: string;
            q: string;
            targets: {
              metric: ("first_reply" | "next_reply" | "periodic_update" | "pausable_update" | "requester_wait" | "agent_work" | "total_resolution" | "first_resolution" | "ownership") | string;
              /** @enum {string} */
              priority: "low" | "normal" | "high" | "urgent";
              seconds: number | null;
              calendar: string;
              /** @default [] */
              warnAt?: ({
                percent: number;
              } | {
                secondsLeft: number;
              })[];
            }[];
            /** @default {} */
            options?: {
              agentCreatedCounts?: boolean;
              noteFulfils?: boolean;
              assistantReplyFulfils?: boolean;
              onHoldPausesRequesterWait?: boolean;
              ownershipPausesInPending?: boolean;
              totalCountsResolvedGap?: boolean;
              mergeInheritsEarliest?: boolean;
            };
            /** @default [] */
            customs?: {
              key: string;
              title: string;
              start: string;
              stop: string;
              /** @default  */
              pause?: string;
              /**
              * @default restart
              * @enum {string}
              */
              cycle?: "once" | "resume" | "restart";
            }[];
            /**
            * @default keep_elapsed
            * @enum {string}
            */
            onPolicyChange?: "keep_elapsed" | "restart";
            note?: string;
            reason?: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              /** @enum {string} */
              kind: "customer" | "internal" | "supplier";
              position: number;
              archived: boolean;
              title: string;
              q: string;
              targets: {
                metric: ("first_reply" | "next_reply" | "periodic_update" | "pausable_update" | "requester_wait" | "agent_work" | "total_resolution" | "first_resolution" | "ownership") | string;
                /** @enum {string} */
                priority: "low" | "normal" | "high" | "urgent";
                seconds: number | null;
                calendar: string;
                /** @default [] */
                warnAt: ({
                  percent: number;
                } | {
                  secondsLeft: number;
                })[];
              }[];
              /** @default {} */
              options: {
                agentCreatedCounts?: boolean;
                noteFulfils?: boolean;
                assistantReplyFulfils?: boolean;
                onHoldPausesRequesterWait?: boolean;
                ownershipPausesInPending?: boolean;
                totalCountsResolvedGap?: boolean;
                mergeInheritsEarliest?: boolean;
              };
              /** @default [] */
              customs: {
                key: string;
                title: string;
                start: string;
                stop: string;
                /** @default  */
                pause: string;
                /**
                * @default restart
                * @enum {string}
                */
                cycle: "once" | "resume" | "restart";
              }[];
              /**
              * @default keep_elapsed
              * @enum {string}
              */
              onPolicyChange: "keep_elapsed" | "restart";
              version: number;
              note: string;
              at: components["schemas"]["Instant"];
              by: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/presence": {
    parameters: {
    };
    /** Says which ticket a browser tab shows and what is written there */
    put: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            tab: string;
            ticketId: number | null;
            typing: ("reply" | "note") | null;
          };
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/quarantine": {
    parameters: {
    };
    /** Held mail, newest first */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          reason?: string;
          q?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                receivedAt: components["schemas"]["Instant"];
                from: {
                  name: string;
                  email: string;
                } | null;
                to: string[];
                subject: string;
                snippet: string;
                reasons: {
                  name: string;
                  detail: string | null;
                }[];
                score: number;
                breakdown: {
                  name: string;
                  points: number;
                  detail: string;
                }[];
                rawMailId: number;
                /** @enum {string} */
                spf: "pass" | "fail" | "softfail" | "neutral" | "none" | "temperror" | "permerror" | "unknown";
                /** @enum {string} */
                dkim: "pass" | "fail" | "softfail" | "neutral" | "none" | "temperror" | "permerror" | "unknown";
                /** @enum {string} */
                dmarc: "pass" | "fail" | "softfail" | "neutral" | "none" | "temperror" | "permerror" | "unknown";
                ticketId: number | null;
                size: number;
                expiresAt: components["schemas"]["Instant"];
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/quarantine/bulk": {
    parameters: {
    };
    /** Recovers or discards up to 500 held mails */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            ids: number[];
            /** @enum {string} */
            action: "recover" | "discard";
            allowSender?: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              done: number;
              failed: {
                id: number;
                detail: string;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/quarantine/rates": {
    parameters: {
    };
    /** Of what was held for each reason, how much a person let in */
    get: {
      parameters: {
        query?: {
          days?: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              since: components["schemas"]["Instant"];
              reasons: {
                reason: string;
                held: number;
                recovered: number;
                discarded: number;
                rate: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/quarantine/{id}": {
    parameters: {
    };
    /** One held mail */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              receivedAt: components["schemas"]["Instant"];
              from: {
                name: string;
                email: string;
              } | null;
              to: string[];
              subject: string;
              snippet: string;
              reasons: {
                name: string;
                detail: string | null;
              }[];
              score: number;
              breakdown: {
                name: string;
                points: number;
                detail: string;
              }[];
              rawMailId: number;
              /** @enum {string} */
              spf: "pass" | "fail" | "softfail" | "neutral" | "none" | "temperror" | "permerror" | "unknown";
              /** @enum {string} */
              dkim: "pass" | "fail" | "softfail" | "neutral" | "none" | "temperror" | "permerror" | "unknown";
              /** @enum {string} */
              dmarc: "pass" | "fail" | "softfail" | "neutral" | "none" | "temperror" | "permerror" | "unknown";
              ticketId: number | null;
              size: number;
              expiresAt: components["schemas"]["Instant"];
              senders: {
                name: string;
                email: string;
              }[] | null;
              text: string;
              headers: {
                name: string;
                value: string;
              }[];
              attachments: {
                name: string;
                type: string;
                size: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/quarantine/{id}/discard": {
    parameters: {
    };
    /** Discards a held mail */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/quarantine/{id}/recover": {
    parameters: {
    };
    /** Opens a ticket of a held mail, or adds it to one */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            ticketId?: number;
            allowSender?: boolean;
            sender?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              ticketId: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/queues": {
    parameters: {
    };
    /** Queues in the order in which tickets are offered to them */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                title: string;
                position: number;
                version: number;
                q: string;
                /** @enum {string} */
                mode: "push" | "offer" | "pull";
                offerSeconds: number | null;
                primaryTeams: number[];
                secondaryTeams: number[];
                calendar: string;
                needs: {
                  skillId: number;
                  minLevel: number;
                  tier: number;
                }[];
                vip: string;
                weights: {
                  percentUsed: number;
                  priority: number;
                  wait: number;
                };
                slaBands: number[];
                laneMaxWait: number | null;
                relax: {
                  after: number;
                  do: {
                    dropTier: 1 | 2 | 3;
                  } | {
                    lowerLevelsBy: number;
                  } | {
                    /** @enum {boolean} */
                    addSecondaryTeams: true;
                  } | {
                    /** @enum {boolean} */
                    overflow: true;
                  };
                }[];
                overflowQueueId: number | null;
                share: number | null;
                criteria: ("overqualification" | "shortfall" | "load" | "idle")[];
                affinitySeconds: number;
                sticky: boolean;
                respectHours: boolean;
                respectShiftEnd: boolean;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a queue behind the others */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            title: string;
            primaryTeams: number[];
            q?: string;
            /** @enum {string} */
            mode?: "push" | "offer" | "pull";
            offerSeconds?: number | null;
            secondaryTeams?: number[];
            calendar?: string;
            needs?: {
              skillId: number;
              minLevel: number;
              tier: number;
            }[];
            vip?: string;
            weights?: {
              percentUsed: number;
              priority: number;
              wait: number;
            };
            slaBands?: number[];
            laneMaxWait?: number | null;
            relax?: {
              after: number;
              do: {
                dropTier: 1 | 2 | 3;
              } | {
                lowerLevelsBy: number;
              } | {
                /** @enum {boolean} */
                addSecondaryTeams: true;
              } | {
                /** @enum {boolean} */
                overflow: true;
              };
            }[];
            overflowQueueId?: number | null;
            share?: number | null;
            criteria?: ("overqualification" | "shortfall" | "load" | "idle")[];
            affinitySeconds?: number;
            sticky?: boolean;
            respectHours?: boolean;
            respectShiftEnd?: boolean;
            reason?: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              title: string;
              position: number;
              version: number;
              q: string;
              /** @enum {string} */
              mode: "push" | "offer" | "pull";
              offerSeconds: number | null;
              primaryTeams: number[];
              secondaryTeams: number[];
              calendar: string;
              needs: {
                skillId: number;
                minLevel: number;
                tier: number;
              }[];
              vip: string;
              weights: {
                percentUsed: number;
                priority: number;
                wait: number;
              };
              slaBands: number[];
              laneMaxWait: number | null;
              relax: {
                after: number;
                do: {
                  dropTier: 1 | 2 | 3;
                } | {
                  lowerLevelsBy: number;
                } | {
                  /** @enum {boolean} */
                  addSecondaryTeams: true;
                } | {
                  /** @enum {boolean} */
                  overflow: true;
                };
              }[];
              overflowQueueId: number | null;
              share: number | null;
              criteria: ("overqualification" | "shortfall" | "load" | "idle")[];
              affinitySeconds: number;
              sticky: boolean;
              respectHours: boolean;
              respectShiftEnd: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/queues/board": {
    parameters: {
    };
    /** Each queue now: how many wait, since when, what is at risk, who is free */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              queues: {
                id: number;
                title: string;
                /** @enum {string} */
                mode: "push" | "offer" | "pull";
                waiting: number;
                waitingUnits: number;
                oldestAt: components["schemas"]["Instant"] | null;
                atRisk: number;
                unroutable: number;
                free: number;
                online: number;
              }[];
              noQueue: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/queues/hand": {
    parameters: {
    };
    /** Gives a waiting ticket to an agent, whatever they have in hand */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            ticketId: number;
            agentId: number;
            /** @enum {boolean} */
            despiteConflict?: true;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              ticketId: number | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/queues/map": {
    parameters: {
    };
    /** Where tickets of the last thirty days came from, and which queue takes them by today’s conditions */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              days: number;
              sources: {
                key: string;
                name: string;
              }[];
              queues: {
                id: number;
                name: string;
                teams: number[];
                unreachable: boolean;
                nobody: boolean;
              }[];
              teams: components["schemas"]["NameRef"][];
              flows: {
                source: string;
                queueId: number | null;
                teamId: number | null;
                count: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/queues/next": {
    parameters: {
    };
    /** Takes the first waiting ticket that the caller can do; null when there is none */
    post: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              ticketId: number | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/queues/trace": {
    parameters: {
    };
    /** Where a message would go now, and by which rules; nothing is written */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            from: string;
            subject: string;
            text: string;
            mailboxId?: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              source: string;
              rules: components["schemas"]["NameRef"][];
              queueId: number | null;
              needs: {
                skillId: number;
                minLevel: number;
                tier: number;
              }[];
              couldTake: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/queues/units": {
    parameters: {
    };
    /** How much work tickets are */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              channels: {
                [key: string]: number;
              };
              complexity: {
                categoryId: number;
                factor: number;
              }[];
              pending: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Sets how much work tickets are */
    put: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            channels: {
              [key: string]: number;
            };
            complexity: {
              categoryId: number;
              factor: number;
            }[];
            pending: number;
            reason?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              channels: {
                [key: string]: number;
              };
              complexity: {
                categoryId: number;
                factor: number;
              }[];
              pending: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/queues/{id}": {
    parameters: {
    };
    /** Changes, moves or archives a queue; its tickets then look for another */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            title?: string;
            primaryTeams?: number[];
            q?: string;
            /** @enum {string} */
            mode?: "push" | "offer" | "pull";
            offerSeconds?: number | null;
            secondaryTeams?: number[];
            calendar?: string;
            needs?: {
              skillId: number;
              minLevel: number;
              tier: number;
            }[];
            vip?: string;
            weights?: {
              percentUsed: number;
              priority: number;
              wait: number;
            };
            slaBands?: number[];
            laneMaxWait?: number | null;
            relax?: {
              after: number;
              do: {
                dropTier: 1 | 2 | 3;
              } | {
                lowerLevelsBy: number;
              } | {
                /** @enum {boolean} */
                addSecondaryTeams: true;
              } | {
                /** @enum {boolean} */
                overflow: true;
              };
            }[];
            overflowQueueId?: number | null;
            share?: number | null;
            criteria?: ("overqualification" | "shortfall" | "load" | "idle")[];
            affinitySeconds?: number;
            sticky?: boolean;
            respectHours?: boolean;
            respectShiftEnd?: boolean;
            reason?: string;
            position?: number;
            archived?: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              title: string;
              position: number;
              version: number;
              q: string;
              /** @enum {string} */
              mode: "push" | "offer" | "pull";
              offerSeconds: number | null;
              primaryTeams: number[];
              secondaryTeams: number[];
              calendar: string;
              needs: {
                skillId: number;
                minLevel: number;
                tier: number;
              }[];
              vip: string;
              weights: {
                percentUsed: number;
                priority: number;
                wait: number;
              };
              slaBands: number[];
              laneMaxWait: number | null;
              relax: {
                after: number;
                do: {
                  dropTier: 1 | 2 | 3;
                } | {
                  lowerLevelsBy: number;
                } | {
                  /** @enum {boolean} */
                  addSecondaryTeams: true;
                } | {
                  /** @enum {boolean} */
                  overflow: true;
                };
              }[];
              overflowQueueId: number | null;
              share: number | null;
              criteria: ("overqualification" | "shortfall" | "load" | "idle")[];
              affinitySeconds: number;
              sticky: boolean;
              respectHours: boolean;
              respectShiftEnd: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/queues/{id}/tickets": {
    parameters: {
    };
    /** Who waits in a queue, in the order in which they will be served */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                ticketId: number;
                subject: string;
                requester: string;
                /** @enum {string} */
                priority: "low" | "normal" | "high" | "urgent";
                /** @enum {string} */
                channel: "email" | "form" | "chat" | "portal" | "api" | "phone";
                units: number;
                enteredAt: components["schemas"]["Instant"];
                rank: number;
                lane: number;
                band: number;
                score: number;
                eligibleAt: components["schemas"]["Instant"];
                secondsLeft: number | null;
                needs: {
                  skillId: number;
                  minLevel: number;
                  tier: number;
                  /** @enum {string} */
                  state: "asked" | "lowered" | "dropped";
                }[];
                unroutable: string[];
                offeredTo: number | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/remote-images": {
    parameters: {
    };
    /** One image of a mail from another server */
    get: {
      parameters: {
        query: {
          url: string;
          until: number;
          signature: string;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/reports": {
    parameters: {
    };
    /** The measures that can be reported, with what they mean */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                key: string;
                version: number;
                /** @enum {string} */
                unit: "seconds" | "count" | "share";
                about: string;
                fields: string[];
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/reports/automation": {
    parameters: {
    };
    /** How the live rules fared in 7, 30 and 90 days, with what is wrong with each */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                ruleId: number;
                title: string;
                ownerName: string;
                days7: {
                  fired: number;
                  noOp: number;
                  refused: number;
                  suppressed: number;
                  conflicts: number;
                };
                days30: {
                  fired: number;
                  noOp: number;
                  refused: number;
                  suppressed: number;
                  conflicts: number;
                };
                days90: {
                  fired: number;
                  noOp: number;
                  refused: number;
                  suppressed: number;
                  conflicts: number;
                };
                lastFiredAt: components["schemas"]["Instant"] | null;
                savedSeconds: number;
                regret: {
                  set: number;
                  regretted: number;
                  share: number;
                  low: number;
                  high: number;
                };
                before: {
                  fired: number;
                  noOp: number;
                  set: number;
                  regretted: number;
                  change: {
                    fired: {
                      value: number;
                      low: number;
                      high: number;
                    } | null;
                    noOp: {
                      value: number;
                      low: number;
                      high: number;
                    } | null;
                    regret: {
                      value: number;
                      low: number;
                      high: number;
                    } | null;
                  };
                };
                fight: {
                  ruleId: number;
                  count: number;
                } | null;
                verdicts: ("dead" | "orphan" | "noisy" | "fighting" | "wrong" | "risky" | "stale_route")[];
                maySnooze: boolean;
                snoozed: {
                  /** @enum {string} */
                  verdict: "dead" | "orphan" | "noisy" | "fighting" | "wrong" | "risky" | "stale_route";
                  /** Format: date */
                  until: string;
                  reason: string;
                  by: string | null;
                }[];
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/reports/automation/{id}/snooze": {
    parameters: {
    };
    /** Lets a verdict on a live rule be until a day, with a reason; for its owner and for those who write rules */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            /** @enum {string} */
            verdict: "dead" | "orphan" | "noisy" | "fighting" | "wrong" | "risky" | "stale_route";
            until: string | null;
            reason: string;
          };
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/reports/metrics.json": {
    parameters: {
    };
    /** What each measure means, to go with its numbers */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/reports/now": {
    parameters: {
    };
    /** How the desk stands at this moment; the stream tells it as it changes */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              waiting: {
                queueId: number | null;
                queue: string | null;
                /** @enum {string} */
                band: "hour" | "hours" | "day" | "longer";
                count: number;
              }[];
              oldest: {
                ticketId: number;
                subject: string;
                since: components["schemas"]["Instant"];
              } | null;
              unassigned: number;
              overdue: number;
              dueSoon: number;
              agents: {
                /** @enum {string} */
                presence: "online" | "transfers_only" | "away" | "away_and_reassigning" | "offline";
                agents: number;
                tickets: number;
              }[];
              heldMails: number;
              failingMailboxes: number;
              openCircuits: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/reports/routing": {
    parameters: {
    };
    /** How evenly and how fairly work went out; each agent’s part is shown to leads alone */
    get: {
      parameters: {
        query?: {
          days?: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              from: components["schemas"]["Instant"];
              to: components["schemas"]["Instant"];
              decisions: number;
              agents: {
                agentId: number;
                units: number;
                onlineHours: number;
                perHour: number | null;
              }[] | null;
              perHour: {
                median: number;
                least: number;
                most: number;
              };
              gini: {
                value: number;
                low: number;
                high: number;
              };
              skills: {
                skillId: number;
                agents: number;
                median: number;
                least: number;
                most: number;
                gini: {
                  value: number;
                  low: number;
                  high: number;
                };
              }[];
              shares: {
                assigned: number;
                offered: number;
                taken: number;
                given: number;
              };
              cherryPickShare: number;
              overCapacity: number;
              relaxedShare: number;
              nightShare: number;
              offers: {
                accepted: number;
                declined: number;
                expired: number;
                all: number;
              };
              unroutable: number;
              waits: {
                /** @enum {string} */
                by: "all" | "priority" | "queue" | "lane" | "channel" | "tier" | "language";
                key: string;
                count: number;
                p50: number;
                p90: number;
                p99: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/reports/saved": {
    parameters: {
    };
    /** The saved reports the caller sees: own, of teams, shared, and those mailed to them */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                name: string;
                /** @enum {string} */
                scope: "personal" | "team" | "shared";
                owner: components["schemas"]["NameRef"];
                team: components["schemas"]["NameRef"] | null;
                /** @enum {string} */
                board: "now" | "flow" | "speed" | "sla" | "quality" | "people" | "automation" | "assistant" | "stalls" | "taxonomy" | "measure";
                state: {
                  /** @enum {string} */
                  range?: "7d" | "30d" | "90d" | "365d" | "lastWeek" | "lastMonth" | "own";
                  /** Format: date */
                  from?: string;
                  /** Format: date */
                  to?: string;
                  /** @enum {string} */
                  bucket?: "day" | "week" | "month";
                  /** @enum {string} */
                  by?: "team" | "channel" | "category" | "priority" | "assignee" | "brand";
                  zone?: string;
                  /** @enum {string} */
                  hours?: "business" | "wall";
                  /** @enum {string} */
                  compare?: "previous" | "year";
                  measure?: string;
                };
                filter: string;
                mine: boolean;
                schedule: {
                  /** @enum {string} */
                  every: "day" | "weekday" | "week" | "month";
                  onDay: number;
                  hour: number;
                  zone: string;
                  recipients: components["schemas"]["NameRef"][];
                  attach: boolean;
                  dueAt: components["schemas"]["Instant"] | null;
                  paused: ("hand" | "unread" | "failed" | "nobody" | "owner_left") | null;
                  problem: string | null;
                  sentAt: components["schemas"]["Instant"] | null;
                  toMe: boolean;
                } | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Keeps a board, as it is set, under a name */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            name: string;
            /** @enum {string} */
            scope: "personal" | "team" | "shared";
            team?: number | null;
            /** @enum {string} */
            board: "now" | "flow" | "speed" | "sla" | "quality" | "people" | "automation" | "assistant" | "stalls" | "taxonomy" | "measure";
            state: {
              /** @enum {string} */
              range?: "7d" | "30d" | "90d" | "365d" | "lastWeek" | "lastMonth" | "own";
              /** Format: date */
              from?: string;
              /** Format: date */
              to?: string;
              /** @enum {string} */
              bucket?: "day" | "week" | "month";
              /** @enum {string} */
              by?: "team" | "channel" | "category" | "priority" | "assignee" | "brand";
              zone?: string;
              /** @enum {string} */
              hours?: "business" | "wall";
              /** @enum {string} */
              compare?: "previous" | "year";
              measure?: string;
            };
            /** @default  */
            filter?: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              name: string;
              /** @enum {string} */
              scope: "personal" | "team" | "shared";
              owner: components["schemas"]["NameRef"];
              team: components["schemas"]["NameRef"] | null;
              /** @enum {string} */
              board: "now" | "flow" | "speed" | "sla" | "quality" | "people" | "automation" | "assistant" | "stalls" | "taxonomy" | "measure";
              state: {
                /** @enum {string} */
                range?: "7d" | "30d" | "90d" | "365d" | "lastWeek" | "lastMonth" | "own";
                /** Format: date */
                from?: string;
                /** Format: date */
                to?: string;
                /** @enum {string} */
                bucket?: "day" | "week" | "month";
                /** @enum {string} */
                by?: "team" | "channel" | "category" | "priority" | "assignee" | "brand";
                zone?: string;
                /** @enum {string} */
                hours?: "business" | "wall";
                /** @enum {string} */
                compare?: "previous" | "year";
                measure?: string;
              };
              filter: string;
              mine: boolean;
              schedule: {
                /** @enum {string} */
                every: "day" | "weekday" | "week" | "month";
                onDay: number;
                hour: number;
                zone: string;
                recipients: components["schemas"]["NameRef"][];
                attach: boolean;
                dueAt: components["schemas"]["Instant"] | null;
                paused: ("hand" | "unread" | "failed" | "nobody" | "owner_left") | null;
                problem: string | null;
                sentAt: components["schemas"]["Instant"] | null;
                toMe: boolean;
              } | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/reports/saved/{id}": {
    parameters: {
    };
    /** Deletes a saved report and ends its mails */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Changes a saved report; a new zone moves its mails to its own hour */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            /** @enum {string} */
            scope?: "personal" | "team" | "shared";
            team?: number | null;
            /** @enum {string} */
            board?: "now" | "flow" | "speed" | "sla" | "quality" | "people" | "automation" | "assistant" | "stalls" | "taxonomy" | "measure";
            state?: {
              /** @enum {string} */
              range?: "7d" | "30d" | "90d" | "365d" | "lastWeek" | "lastMonth" | "own";
              /** Format: date */
              from?: string;
              /** Format: date */
              to?: string;
              /** @enum {string} */
              bucket?: "day" | "week" | "month";
              /** @enum {string} */
              by?: "team" | "channel" | "category" | "priority" | "assignee" | "brand";
              zone?: string;
              /** @enum {string} */
              hours?: "business" | "wall";
              /** @enum {string} */
              compare?: "previous" | "year";
              measure?: string;
            };
            /** @default  */
            filter?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              /** @enum {string} */
              scope: "personal" | "team" | "shared";
              owner: components["schemas"]["NameRef"];
              team: components["schemas"]["NameRef"] | null;
              /** @enum {string} */
              board: "now" | "flow" | "speed" | "sla" | "quality" | "people" | "automation" | "assistant" | "stalls" | "taxonomy" | "measure";
              state: {
                /** @enum {string} */
                range?: "7d" | "30d" | "90d" | "365d" | "lastWeek" | "lastMonth" | "own";
                /** Format: date */
                from?: string;
                /** Format: date */
                to?: string;
                /** @enum {string} */
                bucket?: "day" | "week" | "month";
                /** @enum {string} */
                by?: "team" | "channel" | "category" | "priority" | "assignee" | "brand";
                zone?: string;
                /** @enum {string} */
                hours?: "business" | "wall";
                /** @enum {string} */
                compare?: "previous" | "year";
                measure?: string;
              };
              filter: string;
              mine: boolean;
              schedule: {
                /** @enum {string} */
                every: "day" | "weekday" | "week" | "month";
                onDay: number;
                hour: number;
                zone: string;
                recipients: components["schemas"]["NameRef"][];
                attach: boolean;
                dueAt: components["schemas"]["Instant"] | null;
                paused: ("hand" | "unread" | "failed" | "nobody" | "owner_left") | null;
                problem: string | null;
                sentAt: components["schemas"]["Instant"] | null;
                toMe: boolean;
              } | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/reports/saved/{id}/mail": {
    parameters: {
    };
    /** Mails a saved report to the caller now */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/reports/saved/{id}/opened": {
    parameters: {
    };
    /** Notes that the caller opened a saved report, so that its mails go on */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/reports/saved/{id}/schedule": {
    parameters: {
    };
    /** Says when a saved report is mailed, and to whom; to others only leads */
    put: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            /** @enum {string} */
            every: "day" | "weekday" | "week" | "month";
            /** @default 1 */
            onDay?: number;
            hour: number;
            recipients: number[];
            attach: boolean;
            /** @default false */
            paused?: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              /** @enum {string} */
              scope: "personal" | "team" | "shared";
              owner: components["schemas"]["NameRef"];
              team: components["schemas"]["NameRef"] | null;
              /** @enum {string} */
              board: "now" | "flow" | "speed" | "sla" | "quality" | "people" | "automation" | "assistant" | "stalls" | "taxonomy" | "measure";
              state: {
                /** @enum {string} */
                range?: "7d" | "30d" | "90d" | "365d" | "lastWeek" | "lastMonth" | "own";
                /** Format: date */
                from?: string;
                /** Format: date */
                to?: string;
                /** @enum {string} */
                bucket?: "day" | "week" | "month";
                /** @enum {string} */
                by?: "team" | "channel" | "category" | "priority" | "assignee" | "brand";
                zone?: string;
                /** @enum {string} */
                hours?: "business" | "wall";
                /** @enum {string} */
                compare?: "previous" | "year";
                measure?: string;
              };
              filter: string;
              mine: boolean;
              schedule: {
                /** @enum {string} */
                every: "day" | "weekday" | "week" | "month";
                onDay: number;
                hour: number;
                zone: string;
                recipients: components["schemas"]["NameRef"][];
                attach: boolean;
                dueAt: components["schemas"]["Instant"] | null;
                paused: ("hand" | "unread" | "failed" | "nobody" | "owner_left") | null;
                problem: string | null;
                sentAt: components["schemas"]["Instant"] | null;
                toMe: boolean;
              } | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Ends the mails of a saved report */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              /** @enum {string} */
              scope: "personal" | "team" | "shared";
              owner: components["schemas"]["NameRef"];
              team: components["schemas"]["NameRef"] | null;
              /** @enum {string} */
              board: "now" | "flow" | "speed" | "sla" | "quality" | "people" | "automation" | "assistant" | "stalls" | "taxonomy" | "measure";
              state: {
                /** @enum {string} */
                range?: "7d" | "30d" | "90d" | "365d" | "lastWeek" | "lastMonth" | "own";
                /** Format: date */
                from?: string;
                /** Format: date */
                to?: string;
                /** @enum {string} */
                bucket?: "day" | "week" | "month";
                /** @enum {string} */
                by?: "team" | "channel" | "category" | "priority" | "assignee" | "brand";
                zone?: string;
                /** @enum {string} */
                hours?: "business" | "wall";
                /** @enum {string} */
                compare?: "previous" | "year";
                measure?: string;
              };
              filter: string;
              mine: boolean;
              schedule: {
                /** @enum {string} */
                every: "day" | "weekday" | "week" | "month";
                onDay: number;
                hour: number;
                zone: string;
                recipients: components["schemas"]["NameRef"][];
                attach: boolean;
                dueAt: components["schemas"]["Instant"] | null;
                paused: ("hand" | "unread" | "failed" | "nobody" | "owner_left") | null;
                problem: string | null;
                sentAt: components["schemas"]["Instant"] | null;
                toMe: boolean;
              } | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/reports/saved/{id}/schedule/me": {
    parameters: {
    };
    /** The caller gets no more mails of a saved report */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/reports/staffed": {
    parameters: {
    };
    /** How many agents were there in each hour of the week, as they said or by their calendars */
    get: {
      parameters: {
        query?: {
          from?: string;
          to?: string;
          zone?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              by: ("presence" | "calendars") | null;
              from: components["schemas"]["Instant"];
              to: components["schemas"]["Instant"];
              hours: (number | null)[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/reports/staffing": {
    parameters: {
    };
    /** How many agents each hour of the week needs for what is promised, and how many were there */
    get: {
      parameters: {
        query?: {
          days?: number;
          queueId?: number;
          promiseHours?: number;
          chatSeconds?: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              weeks: number;
              promiseHours: number;
              chatSeconds: number;
              ticketSeconds: number;
              isGuess: boolean;
              timeZone: string;
              hours: {
                came: number;
                chats: number;
                needed: number;
                there: number | null;
                open: boolean;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/reports/stalls": {
    parameters: {
    };
    /** Where tickets stall: time in status, ways between statuses, and what is stuck, with causes */
    get: {
      parameters: {
        query?: {
          filter?: string;
          zone?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              inStatus: {
                /** @enum {string} */
                status: "new" | "open" | "pending" | "on_hold";
                n: number;
                running: number;
                median: number | null;
                p95: number | null;
                steps: {
                  time: number;
                  share: number;
                  low: number;
                  high: number;
                }[];
                before: {
                  n: number;
                  median: number | null;
                  change: {
                    value: number;
                    low: number;
                    high: number;
                  } | null;
                };
              }[];
              ways: {
                /** @enum {string} */
                from: "new" | "open" | "pending" | "on_hold";
                /** @enum {string} */
                to: "new" | "open" | "pending" | "on_hold" | "resolved" | "closed";
                count: number;
                median: number;
                total: number;
              }[];
              teamWays: {
                from: number;
                fromName: string;
                to: number;
                toName: string;
                count: number;
                back: number;
                median: number;
                total: number;
              }[];
              paths: {
                statuses: ("new" | "open" | "pending" | "on_hold" | "resolved" | "closed")[];
                count: number;
                median: number;
              }[];
              ended: number;
              lastMinute: {
                ticketId: number;
                subject: string;
                metric: string;
                left: number;
                since: components["schemas"]["Instant"];
              }[];
              causes: {
                /** @enum {string} */
                cause: "unassigned" | "assignee_away" | "assignee_left" | "unroutable" | "on_hold_without_date" | "pending_without_reminder" | "waiting_approval" | "waiting_side_conversation" | "snooze_overdue" | "ping_pong" | "children_open" | "no_policy" | "assignee_overloaded" | "other";
                tickets: number;
                weekAgo: number | null;
              }[];
              stuck: {
                ticketId: number;
                subject: string;
                /** @enum {string} */
                status: "new" | "open" | "pending" | "on_hold";
                assignee: string | null;
                sinceAt: components["schemas"]["Instant"];
                usualSeconds: number | null;
                /** @enum {string} */
                cause: "unassigned" | "assignee_away" | "assignee_left" | "unroutable" | "on_hold_without_date" | "pending_without_reminder" | "waiting_approval" | "waiting_side_conversation" | "snooze_overdue" | "ping_pong" | "children_open" | "no_policy" | "assignee_overloaded" | "other";
              }[];
              more: boolean;
              forecast: {
                backlog: number;
                came: number;
                went: number;
                soonest: number | null;
                latest: number | null;
              };
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/reports/stalls/events.csv": {
    parameters: {
    };
    /** The lives of tickets for process mining, as CSV */
    get: {
      parameters: {
        query?: {
          from?: string;
          to?: string;
          zone?: string;
          filter?: string;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/reports/stalls/events.xes": {
    parameters: {
    };
    /** The lives of tickets for process mining, as XES (IEEE 1849-2016) */
    get: {
      parameters: {
        query?: {
          from?: string;
          to?: string;
          zone?: string;
          filter?: string;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/reports/stalls/in-status": {
    parameters: {
    };
    /** How long tickets stay in each status, by team or by category */
    get: {
      parameters: {
        query: {
          filter?: string;
          zone?: string;
          by: "team" | "category";
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                /** @enum {string} */
                status: "new" | "open" | "pending" | "on_hold";
                group: string | null;
                groupKey: string | null;
                n: number;
                running: number;
                median: number | null;
                low: number | null;
                high: number | null;
                p95: number | null;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/reports/survey-bias": {
    parameters: {
    };
    /** Who answers surveys, and satisfaction as if everybody had answered who was asked */
    get: {
      parameters: {
        query?: {
          from?: string;
          to?: string;
          zone?: string;
          filter?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              sent: number;
              answered: number;
              response: {
                value: number;
                low: number;
                high: number;
              } | null;
              raw: {
                value: number;
                low: number;
                high: number;
              } | null;
              standardised: {
                value: number;
                low: number;
                high: number;
              } | null;
              isRepresentative: boolean;
              rates: {
                /** @enum {string} */
                trait: "channel" | "teamId" | "band" | "resolvedBy" | "outcome";
                value: string | null;
                name: string | null;
                sent: number;
                answered: number;
                rate: {
                  value: number;
                  low: number;
                  high: number;
                };
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/reports/taxonomy": {
    parameters: {
    };
    /** How tidy categories and tags are, of the tickets opened in the last 90 days */
    get: {
      parameters: {
        query?: {
          filter?: string;
          zone?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              since: components["schemas"]["Instant"];
              n: number;
              unset: number;
              churn: number;
              churnBy: {
                /** @enum {string} */
                by: "agent" | "requester" | "participant" | "rule" | "assistant" | "system" | "api";
                count: number;
              }[];
              entropy: number;
              effective: number;
              other: number;
              categories: {
                id: number;
                path: string;
                archived: boolean;
                count: number;
                faults: ("tail" | "unused" | "decoration")[];
              }[];
              pairs: {
                ids: [
                  number,
                  number
                ];
                /** @enum {string} */
                by: "name" | "words" | "confusion";
                likeness: number;
              }[];
              splits: {
                categoryId: number;
                n: number;
                by: ("teams" | "time")[];
                groups: {
                  words: string[];
                  team: {
                    id: number | null;
                    count: number;
                  };
                  median: number | null;
                  tickets: {
                    ticketId: number;
                    subject: string;
                  }[];
                }[];
              }[];
              tags: {
                n: number;
                implied: {
                  tag: string;
                  with: string;
                  share: number;
                }[];
                typos: {
                  tag: string;
                  meant: string;
                }[];
                idle: string[];
              };
              score: number | null;
              penalties: {
                /** @enum {string} */
                fault: "other" | "unset" | "churn" | "near" | "unused" | "tail" | "decoration" | "split" | "tags";
                weight: number;
                share: number;
                points: number;
              }[];
              before: {
                n: number;
                effective: number;
                shares: {
                  unset: {
                    share: number | null;
                    change: {
                      value: number;
                      low: number;
                      high: number;
                    } | null;
                  };
                  churn: {
                    share: number | null;
                    change: {
                      value: number;
                      low: number;
                      high: number;
                    } | null;
                  };
                  other: {
                    share: number | null;
                    change: {
                      value: number;
                      low: number;
                      high: number;
                    } | null;
                  };
                };
              };
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/reports/{key}": {
    parameters: {
    };
    /** One measure over a window, by stretches of time and by a field */
    get: {
      parameters: {
        query?: {
          from?: string;
          to?: string;
          zone?: string;
          filter?: string;
          by?: string;
          bucket?: string;
          hours?: "business" | "wall";
          compare?: "previous" | "year";
        };
        path: {
          key: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              key: string;
              version: number;
              /** @enum {string} */
              unit: "seconds" | "count" | "share";
              about: string;
              zone: string;
              from: components["schemas"]["Instant"];
              to: components["schemas"]["Instant"];
              by: string | null;
              bucket: string | null;
              hours: ("business" | "wall") | null;
              n: number;
              value: number | null;
              low: number | null;
              high: number | null;
              p50: number | null;
              p90: number | null;
              p95: number | null;
              mean: number | null;
              rows: {
                at?: components["schemas"]["Instant"];
                group?: string | null;
                groupKey?: string | null;
                n: number;
                value: number | null;
                low?: number;
                high?: number;
                p90?: number | null;
                p95?: number | null;
                mean?: number | null;
                values?: number[];
                /** @enum {boolean} */
                immature?: true;
              }[];
              before: {
                from: components["schemas"]["Instant"];
                to: components["schemas"]["Instant"];
                n: number;
                value: number | null;
                low: number | null;
                high: number | null;
                p50: number | null;
                p90: number | null;
                p95: number | null;
                mean: number | null;
                rows: {
                  at?: components["schemas"]["Instant"];
                  group?: string | null;
                  groupKey?: string | null;
                  n: number;
                  value: number | null;
                  low?: number;
                  high?: number;
                  p90?: number | null;
                  p95?: number | null;
                  mean?: number | null;
                  values?: number[];
                  /** @enum {boolean} */
                  immature?: true;
                }[];
                change: {
                  value: number;
                  low: number;
                  high: number;
                } | null;
              } | null;
              complete: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/reports/{key}/rows.csv": {
    parameters: {
    };
    /** The rows of a report as CSV: durations in seconds, moments in UTC */
    get: {
      parameters: {
        query?: {
          from?: string;
          to?: string;
          zone?: string;
          filter?: string;
          by?: string;
          bucket?: string;
          hours?: "business" | "wall";
          compare?: "previous" | "year";
        };
        path: {
          key: string;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/reports/{key}/rows.xlsx": {
    parameters: {
    };
    /** The rows of a report as XLSX: durations in seconds, moments in UTC */
    get: {
      parameters: {
        query?: {
          from?: string;
          to?: string;
          zone?: string;
          filter?: string;
          by?: string;
          bucket?: string;
          hours?: "business" | "wall";
          compare?: "previous" | "year";
        };
        path: {
          key: string;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/reports/{key}/tickets": {
    parameters: {
    };
    /** What one number of a report counts, the oldest first */
    get: {
      parameters: {
        query?: {
          from?: string;
          to?: string;
          zone?: string;
          filter?: string;
          by?: string;
          bucket?: string;
          hours?: "business" | "wall";
          compare?: "previous" | "year";
          at?: components["schemas"]["InstantInput"];
          group?: string;
          limit?: number;
          cursor?: string;
        };
        path: {
          key: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                ticketId: number | null;
                subject: string;
                status: string;
                at: components["schemas"]["Instant"];
                value: number | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/reports/{key}/tickets.csv": {
    parameters: {
    };
    /** What a report counts as CSV: durations in seconds, moments in UTC */
    get: {
      parameters: {
        query?: {
          from?: string;
          to?: string;
          zone?: string;
          filter?: string;
          by?: string;
          bucket?: string;
          hours?: "business" | "wall";
          compare?: "previous" | "year";
        };
        path: {
          key: string;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/reports/{key}/tickets.xlsx": {
    parameters: {
    };
    /** What a report counts as XLSX: durations in seconds, moments in UTC */
    get: {
      parameters: {
        query?: {
          from?: string;
          to?: string;
          zone?: string;
          filter?: string;
          by?: string;
          bucket?: string;
          hours?: "business" | "wall";
          compare?: "previous" | "year";
        };
        path: {
          key: string;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/retention-rules": {
    parameters: {
    };
    /** Rules of retention, each with what it did of late */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                name: string;
                days: number;
                categoryIds: number[];
                tags: string[];
                isOn: boolean;
                createdAt: components["schemas"]["Instant"];
                did: {
                  day: string;
                  tickets: number;
                }[];
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Makes a rule of retention, which is off */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            name: string;
            days: number;
            categoryIds: number[];
            tags: string[];
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              name: string;
              days: number;
              categoryIds: number[];
              tags: string[];
              isOn: boolean;
              createdAt: components["schemas"]["Instant"];
              did: {
                day: string;
                tickets: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/retention-rules/preview": {
    parameters: {
    };
    /** Which tickets would be due by a rule; nothing is erased */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            days: number;
            categoryIds: number[];
            tags: string[];
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              count: number;
              held: number;
              oldestAt: components["schemas"]["Instant"] | null;
              sample: {
                id: number;
                subject: string;
                closedAt: components["schemas"]["Instant"];
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/retention-rules/{id}": {
    parameters: {
    };
    /** Takes a rule of retention away */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Changes a rule of retention that is off */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            days?: number;
            categoryIds?: number[];
            tags?: string[];
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              days: number;
              categoryIds: number[];
              tags: string[];
              isOn: boolean;
              createdAt: components["schemas"]["Instant"];
              did: {
                day: string;
                tickets: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/retention-rules/{id}/off": {
    parameters: {
    };
    /** Turns a rule of retention off */
    put: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              days: number;
              categoryIds: number[];
              tags: string[];
              isOn: boolean;
              createdAt: components["schemas"]["Instant"];
              did: {
                day: string;
                tickets: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/retention-rules/{id}/on": {
    parameters: {
    };
    /** Turns a rule of retention on: from now on it erases what is due */
    put: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            count: number;
            days: number;
            categoryIds: number[];
            tags: string[];
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              days: number;
              categoryIds: number[];
              tags: string[];
              isOn: boolean;
              createdAt: components["schemas"]["Instant"];
              did: {
                day: string;
                tickets: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/reviews": {
    parameters: {
    };
    /** Reviews of the tickets in sight, the newest first */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                ticketId: number;
                subject: string;
                resolvedAt: components["schemas"]["Instant"];
                agent: components["schemas"]["NameRef"] | null;
                reviewer: components["schemas"]["NameRef"] | null;
                answers: {
                  question: string;
                  /** @enum {string} */
                  answer: "yes" | "no" | "skip";
                }[] | null;
                passed: boolean | null;
                note: string | null;
                at: components["schemas"]["Instant"] | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Says what a resolve that was drawn is like; again, by the same person, in the place of what they said before */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            ticketId: number;
            resolvedAt: components["schemas"]["InstantInput"];
            answers: {
              question: string;
              /** @enum {string} */
              answer: "yes" | "no" | "skip";
            }[];
            /** @default  */
            note?: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              ticketId: number;
              subject: string;
              resolvedAt: components["schemas"]["Instant"];
              agent: components["schemas"]["NameRef"] | null;
              reviewer: components["schemas"]["NameRef"] | null;
              answers: {
                question: string;
                /** @enum {string} */
                answer: "yes" | "no" | "skip";
              }[] | null;
              passed: boolean | null;
              note: string | null;
              at: components["schemas"]["Instant"] | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/reviews/own": {
    parameters: {
    };
    /** What reviews say of the caller’s own resolves, the newest first */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                ticketId: number;
                subject: string;
                resolvedAt: components["schemas"]["Instant"];
                agent: components["schemas"]["NameRef"] | null;
                reviewer: components["schemas"]["NameRef"] | null;
                answers: {
                  question: string;
                  /** @enum {string} */
                  answer: "yes" | "no" | "skip";
                }[] | null;
                passed: boolean | null;
                note: string | null;
                at: components["schemas"]["Instant"] | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/reviews/waiting": {
    parameters: {
    };
    /** Resolves by people that were drawn by lot and wait for a review, the oldest first; never the caller’s own */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                ticketId: number;
                subject: string;
                resolvedAt: components["schemas"]["Instant"];
                agent: components["schemas"]["NameRef"] | null;
                reviewer: components["schemas"]["NameRef"] | null;
                answers: {
                  question: string;
                  /** @enum {string} */
                  answer: "yes" | "no" | "skip";
                }[] | null;
                passed: boolean | null;
                note: string | null;
                at: components["schemas"]["Instant"] | null;
              }[];
              nextCursor: string | null;
              share: number;
              questions: string[];
              waiting: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/roles": {
    parameters: {
    };
    /** Roles of the desk’s own by name, with the rights that they give */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          q?: string;
          archived?: "true" | "false";
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                name: string;
                actions: ("ticket.read" | "ticket.create" | "ticket.update" | "ticket.assign" | "ticket.reply" | "ticket.send_unasked" | "ticket.note" | "ticket.merge" | "ticket.split" | "ticket.spam" | "ticket.reopen_closed" | "ticket.close" | "ticket.delete" | "ticket.undo_any" | "ticket.review" | "ticket.bulk" | "ticket.import" | "mail.receive" | "people.read" | "people.write" | "people.managers" | "desk.read" | "settings.write" | "sla.write" | "routing.write" | "routing.lead" | "agents.write" | "roles.write" | "sign_in.write" | "directory.write" | "teams.write" | "fields.write" | "categories.write" | "taxonomy.merge" | "tags.write" | "views.write" | "macros.write" | "macros.share" | "articles.read" | "articles.write" | "views.share" | "tokens.write" | "mailboxes.read" | "mailboxes.write" | "outbox.read" | "outbox.retry" | "quarantine.read" | "quarantine.decide" | "senders.domains" | "imports.write" | "mails.read" | "mail_policy.write" | "rules.read" | "rules.write" | "rules.publish" | "config.publish_without_backtest" | "webhooks.write" | "assistant.read" | "assistant.judge" | "assistant.write" | "privacy.write" | "backups.write" | "metrics.read" | "audit.read")[];
                limits: {
                  brandIds: number[] | null;
                  mailboxIds: number[] | null;
                };
                agents: number;
                archived: boolean;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a role; what the chosen rights need comes with them */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            name: string;
            actions: ("ticket.read" | "ticket.create" | "ticket.update" | "ticket.assign" | "ticket.reply" | "ticket.send_unasked" | "ticket.note" | "ticket.merge" | "ticket.split" | "ticket.spam" | "ticket.reopen_closed" | "ticket.close" | "ticket.delete" | "ticket.undo_any" | "ticket.review" | "ticket.bulk" | "ticket.import" | "mail.receive" | "people.read" | "people.write" | "people.managers" | "desk.read" | "settings.write" | "sla.write" | "routing.write" | "routing.lead" | "agents.write" | "roles.write" | "sign_in.write" | "directory.write" | "teams.write" | "fields.write" | "categories.write" | "taxonomy.merge" | "tags.write" | "views.write" | "macros.write" | "macros.share" | "articles.read" | "articles.write" | "views.share" | "tokens.write" | "mailboxes.read" | "mailboxes.write" | "outbox.read" | "outbox.retry" | "quarantine.read" | "quarantine.decide" | "senders.domains" | "imports.write" | "mails.read" | "mail_policy.write" | "rules.read" | "rules.write" | "rules.publish" | "config.publish_without_backtest" | "webhooks.write" | "assistant.read" | "assistant.judge" | "assistant.write" | "privacy.write" | "backups.write" | "metrics.read" | "audit.read")[];
            limits?: {
              brandIds: number[] | null;
              mailboxIds: number[] | null;
            };
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              name: string;
              actions: ("ticket.read" | "ticket.create" | "ticket.update" | "ticket.assign" | "ticket.reply" | "ticket.send_unasked" | "ticket.note" | "ticket.merge" | "ticket.split" | "ticket.spam" | "ticket.reopen_closed" | "ticket.close" | "ticket.delete" | "ticket.undo_any" | "ticket.review" | "ticket.bulk" | "ticket.import" | "mail.receive" | "people.read" | "people.write" | "people.managers" | "desk.read" | "settings.write" | "sla.write" | "routing.write" | "routing.lead" | "agents.write" | "roles.write" | "sign_in.write" | "directory.write" | "teams.write" | "fields.write" | "categories.write" | "taxonomy.merge" | "tags.write" | "views.write" | "macros.write" | "macros.share" | "articles.read" | "articles.write" | "views.share" | "tokens.write" | "mailboxes.read" | "mailboxes.write" | "outbox.read" | "outbox.retry" | "quarantine.read" | "quarantine.decide" | "senders.domains" | "imports.write" | "mails.read" | "mail_policy.write" | "rules.read" | "rules.write" | "rules.publish" | "config.publish_without_backtest" | "webhooks.write" | "assistant.read" | "assistant.judge" | "assistant.write" | "privacy.write" | "backups.write" | "metrics.read" | "audit.read")[];
              limits: {
                brandIds: number[] | null;
                mailboxIds: number[] | null;
              };
              agents: number;
              archived: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/roles/{id}": {
    parameters: {
    };
    /** Changes a role for all who hold it, at once; archives one that nobody holds */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            actions?: ("ticket.read" | "ticket.create" | "ticket.update" | "ticket.assign" | "ticket.reply" | "ticket.send_unasked" | "ticket.note" | "ticket.merge" | "ticket.split" | "ticket.spam" | "ticket.reopen_closed" | "ticket.close" | "ticket.delete" | "ticket.undo_any" | "ticket.review" | "ticket.bulk" | "ticket.import" | "mail.receive" | "people.read" | "people.write" | "people.managers" | "desk.read" | "settings.write" | "sla.write" | "routing.write" | "routing.lead" | "agents.write" | "roles.write" | "sign_in.write" | "directory.write" | "teams.write" | "fields.write" | "categories.write" | "taxonomy.merge" | "tags.write" | "views.write" | "macros.write" | "macros.share" | "articles.read" | "articles.write" | "views.share" | "tokens.write" | "mailboxes.read" | "mailboxes.write" | "outbox.read" | "outbox.retry" | "quarantine.read" | "quarantine.decide" | "senders.domains" | "imports.write" | "mails.read" | "mail_policy.write" | "rules.read" | "rules.write" | "rules.publish" | "config.publish_without_backtest" | "webhooks.write" | "assistant.read" | "assistant.judge" | "assistant.write" | "privacy.write" | "backups.write" | "metrics.read" | "audit.read")[];
            limits?: {
              brandIds: number[] | null;
              mailboxIds: number[] | null;
            };
            archived?: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              actions: ("ticket.read" | "ticket.create" | "ticket.update" | "ticket.assign" | "ticket.reply" | "ticket.send_unasked" | "ticket.note" | "ticket.merge" | "ticket.split" | "ticket.spam" | "ticket.reopen_closed" | "ticket.close" | "ticket.delete" | "ticket.undo_any" | "ticket.review" | "ticket.bulk" | "ticket.import" | "mail.receive" | "people.read" | "people.write" | "people.managers" | "desk.read" | "settings.write" | "sla.write" | "routing.write" | "routing.lead" | "agents.write" | "roles.write" | "sign_in.write" | "directory.write" | "teams.write" | "fields.write" | "categories.write" | "taxonomy.merge" | "tags.write" | "views.write" | "macros.write" | "macros.share" | "articles.read" | "articles.write" | "views.share" | "tokens.write" | "mailboxes.read" | "mailboxes.write" | "outbox.read" | "outbox.retry" | "quarantine.read" | "quarantine.decide" | "senders.domains" | "imports.write" | "mails.read" | "mail_policy.write" | "rules.read" | "rules.write" | "rules.publish" | "config.publish_without_backtest" | "webhooks.write" | "assistant.read" | "assistant.judge" | "assistant.write" | "privacy.write" | "backups.write" | "metrics.read" | "audit.read")[];
              limits: {
                brandIds: number[] | null;
                mailboxIds: number[] | null;
              };
              agents: number;
              archived: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/routing-conflicts": {
    parameters: {
    };
    /** Agents and those whose tickets they are never given, the oldest first */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                agent: components["schemas"]["NameRef"];
                person: {
                  id: number;
                  name: string;
                  email: string | null;
                } | null;
                organization: components["schemas"]["NameRef"] | null;
                note: string;
                addedBy: string | null;
                addedAt: components["schemas"]["Instant"];
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Puts an agent and a person, or an organization, on the list */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            agentId: number;
            person?: string;
            organization?: string;
            /** @default  */
            note?: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              agent: components["schemas"]["NameRef"];
              person: {
                id: number;
                name: string;
                email: string | null;
              } | null;
              organization: components["schemas"]["NameRef"] | null;
              note: string;
              addedBy: string | null;
              addedAt: components["schemas"]["Instant"];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/routing-conflicts/{id}": {
    parameters: {
    };
    /** Takes a pair off the list */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rulebook": {
    parameters: {
    };
    /** What is live and what is drafted, with sections and templates */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              live: components["schemas"]["RulebookVersion"] | null;
              canary: components["schemas"]["RulebookVersion"] | null;
              draft: components["schemas"]["RulebookVersion"] | null;
              sections: {
                key: string;
                title: string;
              }[];
              templates: {
                key: string;
                family?: string;
                subject?: string;
                body: string;
              }[];
              placeholders: string[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rulebook/canary/widen": {
    parameters: {
    };
    /** The version that judges a share judges all tickets from now on */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": Record<string, never>;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["RulebookVersion"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rulebook/canary/withdraw": {
    parameters: {
    };
    /** The version that judges a share judges no more; what it did stays */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": Record<string, never>;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["RulebookVersion"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rulebook/draft": {
    parameters: {
    };
    /** Throws the draft away */
    delete: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              dropped: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rulebook/problems": {
    parameters: {
    };
    /** Everything wrong with the draft, or else with what is live */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              problems: {
                ruleId: number | null;
                title?: string | null;
                place: string;
                code: string;
                /** @enum {string} */
                level: "error" | "warning";
                message: string;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rulebook/publish": {
    parameters: {
    };
    /** Makes the draft live, in one switch, for all tickets or a share of them */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            /** @default  */
            note?: string;
            reason?: string;
            percent?: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["RulebookVersion"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rulebook/replace": {
    parameters: {
    };
    /** Exchanges a thing for another in every rule of the draft */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            /** @enum {string} */
            kind: "team" | "agent" | "category" | "queue" | "tag" | "field";
            from: number | string;
            to: number | string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              rules: components["schemas"]["NameRef"][];
              version: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rulebook/rollback": {
    parameters: {
    };
    /** Brings an earlier version back, as a new one */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            version: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["RulebookVersion"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rulebook/templates/{key}": {
    parameters: {
    };
    /** Adds or changes a template in the draft */
    put: {
      parameters: {
        path: {
          key: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            template: {
              key: string;
              family?: string;
              subject?: string;
              body: string;
            };
            edition?: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              version: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Takes a template out of the draft; refused while a rule uses it */
    delete: {
      parameters: {
        path: {
          key: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              version: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rulebook/uses": {
    parameters: {
    };
    /** The rules that use a thing */
    get: {
      parameters: {
        query: {
          kind: "team" | "agent" | "category" | "queue" | "brand" | "mailbox" | "tag" | "field" | "template" | "webhook" | "macro";
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                /** @enum {string} */
                in: "live" | "draft";
                ruleId: number;
                title: string;
                place: string;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rulebook/versions": {
    parameters: {
    };
    /** Versions, newest first */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: components["schemas"]["RulebookVersion"][];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rulebook/versions/{version}": {
    parameters: {
    };
    /** A version with its rules */
    get: {
      parameters: {
        path: {
          version: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              version: components["schemas"]["RulebookVersion"];
              sections: {
                key: string;
                title: string;
              }[];
              templates: {
                key: string;
                family?: string;
                subject?: string;
                body: string;
              }[];
              rules: {
                key: string;
                /** @enum {string} */
                kind: "trigger" | "timer" | "macro";
                title: string;
                /** @default  */
                description: string;
                ownerId: number;
                /** Format: date */
                reviewBy: string;
                section: string;
                /** @default true */
                enabled: boolean;
                /** @default [] */
                on: ("created" | "inbound_message" | "outbound_message" | "note" | "field_change" | "status_change" | "assignment" | "reopened" | "merged" | "sla_warning" | "sla_breached" | "csat" | "assistant_run" | "delivery_failed" | "any")[];
                if?: unknown;
                do: components["schemas"]["RuleAction"][];
                /** @default false */
                stop: boolean;
                maxPerTicket?: number;
                mayAnswerItself?: boolean;
                timer?: {
                  hold?: number;
                  at?: string;
                  offset?: number;
                  calendar?: string;
                  repeatEvery?: number;
                  maxRepeats?: number;
                  onPublish?: ("skip" | "fire") | {
                    spreadHours: number;
                  };
                };
                macro?: {
                  availableTo: "everyone" | number[];
                };
                tests?: {
                  given: {
                    [key: string]: unknown;
                  };
                  /** @enum {string} */
                  on: "created" | "inbound_message" | "outbound_message" | "note" | "field_change" | "status_change" | "assignment" | "reopened" | "merged" | "sla_warning" | "sla_breached" | "csat" | "assistant_run" | "delivery_failed" | "any";
                  expect: {
                    [key: string]: unknown;
                  };
                }[];
                id: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rulebook/versions/{version}/canary": {
    parameters: {
    };
    /** How often rules fired on the tickets of a version’s share, and on the others */
    get: {
      parameters: {
        path: {
          version: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              version: number;
              percent: number;
              from: components["schemas"]["Instant"];
              to: components["schemas"]["Instant"] | null;
              tickets: {
                canary: number;
                rest: number;
              };
              rules: {
                rule: {
                  id: number;
                  title: string;
                };
                canary: number;
                rest: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rulebook/versions/{version}/diff": {
    parameters: {
    };
    /** What a version changed against another, by default its parent */
    get: {
      parameters: {
        query?: {
          from?: number;
        };
        path: {
          version: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              from: number;
              to: number;
              rules: {
                ruleId: number;
                key: string;
                title: string;
                /** @enum {string} */
                change: "added" | "removed" | "changed" | "moved";
                parts: {
                  part: string;
                  from: unknown;
                  to: unknown;
                  words: {
                    from: string;
                    to: string;
                  } | null;
                }[];
              }[];
              templates: string[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rulebook/versions/{version}/first-days": {
    parameters: {
    };
    /** The first days of a version beside what its backtest foretold */
    get: {
      parameters: {
        path: {
          version: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              isForetold: boolean;
              items: {
                rule: {
                  id: number;
                  title: string;
                };
                /** @enum {string} */
                what: "fired" | "mailed";
                low: number;
                high: number;
                days: {
                  day: string;
                  count: number;
                  isOutside: boolean;
                }[];
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rulebook/versions/{version}/made": {
    parameters: {
    };
    /** What rules of a version made of tickets, and what taking it back would do */
    get: {
      parameters: {
        query?: {
          rule?: number;
        };
        path: {
          version: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              tickets: number;
              tried: number;
              firings: number;
              restored: number;
              changedSince: {
                [key: string]: number;
              };
              refused: {
                [key: string]: number;
              };
              mails: number;
              webhooks: number;
              sample: number[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rulebook/versions/{version}/undo": {
    parameters: {
    };
    /** Takes back what rules of a version made of tickets, in the background; answers the job */
    post: {
      parameters: {
        path: {
          version: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            rule?: number;
          };
        };
      };
      responses: {
        202: {
          content: {
            "application/json": components["schemas"]["Job"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rulebook/vocabulary": {
    parameters: {
    };
    /** What rules can ask about and listen to */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              paths: {
                path: string;
                label: string;
                type: string;
                ops: string[];
                choices: string[] | null;
                refers: ("team" | "agent" | "category" | "queue" | "brand" | "mailbox") | null;
                ofUpdate: boolean;
              }[];
              events: string[];
              brands: components["schemas"]["NameRef"][];
              queues: components["schemas"]["NameRef"][];
              mailboxes: components["schemas"]["NameRef"][];
              webhooks: string[];
              macros: {
                key: string;
                title: string;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rules": {
    parameters: {
    };
    /** Rules in the order in which they run, with how they fare */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          q?: string;
          kind?: "trigger" | "timer" | "macro";
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                key: string;
                /** @enum {string} */
                kind: "trigger" | "timer" | "macro";
                title: string;
                sentence: string;
                section: string;
                enabled: boolean;
                owner: components["schemas"]["NameRef"] | null;
                reviewBy: string;
                /** @enum {string} */
                change: "live" | "added" | "changed" | "moved" | "removed";
                health: {
                  fired: number;
                  noOp: number;
                  refused: number;
                  suppressed: number;
                  conflicts: number;
                  circuitOpened: number;
                  lastFiredAt: components["schemas"]["Instant"] | null;
                  heldMails: number;
                };
                errors: number;
                warnings: number;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a rule to the draft, at the end of its section */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            rule: {
              key: string;
              /** @enum {string} */
              kind: "trigger" | "timer" | "macro";
              title: string;
              /** @default  */
              description?: string;
              ownerId: number;
              /** Format: date */
              reviewBy: string;
              section: string;
              /** @default true */
              enabled?: boolean;
              /** @default [] */
              on?: ("created" | "inbound_message" | "outbound_message" | "note" | "field_change" | "status_change" | "assignment" | "reopened" | "merged" | "sla_warning" | "sla_breached" | "csat" | "assistant_run" | "delivery_failed" | "any")[];
              if?: unknown;
              do: components["schemas"]["RuleActionInput"][];
              /** @default false */
              stop?: boolean;
              maxPerTicket?: number;
              mayAnswerItself?: boolean;
              timer?: {
                hold?: number;
                at?: string;
                offset?: number;
                calendar?: string;
                repeatEvery?: number;
                maxRepeats?: number;
                onPublish?: ("skip" | "fire") | {
                  spreadHours: number;
                };
              };
              macro?: {
                availableTo: "everyone" | number[];
              };
              tests?: {
                given: {
                  [key: string]: unknown;
                };
                /** @enum {string} */
                on: "created" | "inbound_message" | "outbound_message" | "note" | "field_change" | "status_change" | "assignment" | "reopened" | "merged" | "sla_warning" | "sla_breached" | "csat" | "assistant_run" | "delivery_failed" | "any";
                expect: {
                  [key: string]: unknown;
                };
              }[];
            };
            edition?: number;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              rule: {
                key: string;
                /** @enum {string} */
                kind: "trigger" | "timer" | "macro";
                title: string;
                /** @default  */
                description: string;
                ownerId: number;
                /** Format: date */
                reviewBy: string;
                section: string;
                /** @default true */
                enabled: boolean;
                /** @default [] */
                on: ("created" | "inbound_message" | "outbound_message" | "note" | "field_change" | "status_change" | "assignment" | "reopened" | "merged" | "sla_warning" | "sla_breached" | "csat" | "assistant_run" | "delivery_failed" | "any")[];
                if?: unknown;
                do: components["schemas"]["RuleAction"][];
                /** @default false */
                stop: boolean;
                maxPerTicket?: number;
                mayAnswerItself?: boolean;
                timer?: {
                  hold?: number;
                  at?: string;
                  offset?: number;
                  calendar?: string;
                  repeatEvery?: number;
                  maxRepeats?: number;
                  onPublish?: ("skip" | "fire") | {
                    spreadHours: number;
                  };
                };
                macro?: {
                  availableTo: "everyone" | number[];
                };
                tests?: {
                  given: {
                    [key: string]: unknown;
                  };
                  /** @enum {string} */
                  on: "created" | "inbound_message" | "outbound_message" | "note" | "field_change" | "status_change" | "assignment" | "reopened" | "merged" | "sla_warning" | "sla_breached" | "csat" | "assistant_run" | "delivery_failed" | "any";
                  expect: {
                    [key: string]: unknown;
                  };
                }[];
                id: number;
              };
              sentence: string;
              /** @enum {string} */
              change: "live" | "added" | "changed" | "moved" | "removed";
              owner: components["schemas"]["NameRef"] | null;
              health: {
                fired: number;
                noOp: number;
                refused: number;
                suppressed: number;
                conflicts: number;
                circuitOpened: number;
                lastFiredAt: components["schemas"]["Instant"] | null;
                heldMails: number;
              };
              weeks: number[];
              problems: {
                ruleId: number | null;
                title?: string | null;
                place: string;
                code: string;
                /** @enum {string} */
                level: "error" | "warning";
                message: string;
              }[];
              scan: {
                done: number;
                total: number;
                overdue: number;
                finishedAt: components["schemas"]["Instant"] | null;
              } | null;
              edition: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rules/order": {
    parameters: {
    };
    /** The order of sections and rules in the draft */
    put: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            sections: {
              key: string;
              title: string;
            }[];
            rules: {
              id: number;
              section: string;
            }[];
            edition?: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["RulebookVersion"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rules/preview": {
    parameters: {
    };
    /** How many of the last 1,000 tickets a rule matches, step by step, with a sample and warnings */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            rule: {
              key: string;
              /** @enum {string} */
              kind: "trigger" | "timer" | "macro";
              title: string;
              /** @default  */
              description?: string;
              ownerId: number;
              /** Format: date */
              reviewBy: string;
              section: string;
              /** @default true */
              enabled?: boolean;
              /** @default [] */
              on?: ("created" | "inbound_message" | "outbound_message" | "note" | "field_change" | "status_change" | "assignment" | "reopened" | "merged" | "sla_warning" | "sla_breached" | "csat" | "assistant_run" | "delivery_failed" | "any")[];
              if?: unknown;
              do: components["schemas"]["RuleActionInput"][];
              /** @default false */
              stop?: boolean;
              maxPerTicket?: number;
              mayAnswerItself?: boolean;
              timer?: {
                hold?: number;
                at?: string;
                offset?: number;
                calendar?: string;
                repeatEvery?: number;
                maxRepeats?: number;
                onPublish?: ("skip" | "fire") | {
                  spreadHours: number;
                };
              };
              macro?: {
                availableTo: "everyone" | number[];
              };
              tests?: {
                given: {
                  [key: string]: unknown;
                };
                /** @enum {string} */
                on: "created" | "inbound_message" | "outbound_message" | "note" | "field_change" | "status_change" | "assignment" | "reopened" | "merged" | "sla_warning" | "sla_breached" | "csat" | "assistant_run" | "delivery_failed" | "any";
                expect: {
                  [key: string]: unknown;
                };
              }[];
            };
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              matches: number;
              of: number;
              overdue: number | null;
              funnel: {
                place: string;
                words: string;
                left: number;
              }[];
              weeks: number[];
              sample: {
                id: number;
                subject: string;
                status: string;
                requester: string;
                createdAt: components["schemas"]["Instant"];
                marked: string[];
              }[];
              overlaps: {
                ruleId: number;
                title: string;
                share: number;
              }[];
              problems: {
                ruleId: number | null;
                title?: string | null;
                place: string;
                code: string;
                /** @enum {string} */
                level: "error" | "warning";
                message: string;
              }[];
              sentence: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rules/try": {
    parameters: {
    };
    /** What a rule sees on one ticket at one update, by default the newest that it listens to */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            rule: {
              key: string;
              /** @enum {string} */
              kind: "trigger" | "timer" | "macro";
              title: string;
              /** @default  */
              description?: string;
              ownerId: number;
              /** Format: date */
              reviewBy: string;
              section: string;
              /** @default true */
              enabled?: boolean;
              /** @default [] */
              on?: ("created" | "inbound_message" | "outbound_message" | "note" | "field_change" | "status_change" | "assignment" | "reopened" | "merged" | "sla_warning" | "sla_breached" | "csat" | "assistant_run" | "delivery_failed" | "any")[];
              if?: unknown;
              do: components["schemas"]["RuleActionInput"][];
              /** @default false */
              stop?: boolean;
              maxPerTicket?: number;
              mayAnswerItself?: boolean;
              timer?: {
                hold?: number;
                at?: string;
                offset?: number;
                calendar?: string;
                repeatEvery?: number;
                maxRepeats?: number;
                onPublish?: ("skip" | "fire") | {
                  spreadHours: number;
                };
              };
              macro?: {
                availableTo: "everyone" | number[];
              };
              tests?: {
                given: {
                  [key: string]: unknown;
                };
                /** @enum {string} */
                on: "created" | "inbound_message" | "outbound_message" | "note" | "field_change" | "status_change" | "assignment" | "reopened" | "merged" | "sla_warning" | "sla_breached" | "csat" | "assistant_run" | "delivery_failed" | "any";
                expect: {
                  [key: string]: unknown;
                };
              }[];
            };
            ticketId: number;
            seq?: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              ticketId: number;
              seq: number;
              at: components["schemas"]["Instant"];
              kinds: string[];
              rulebookVersion: number;
              notSettled: string | null;
              rules: {
                ruleId: number;
                title: string;
                outcome: string;
                words: string;
                by: number | null;
                refusal: string | null;
                trace: components["schemas"]["RuleTrace"] | null;
                toChange: string[] | null;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rules/{id}": {
    parameters: {
    };
    /** One rule, as the draft has it */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              rule: {
                key: string;
                /** @enum {string} */
                kind: "trigger" | "timer" | "macro";
                title: string;
                /** @default  */
                description: string;
                ownerId: number;
                /** Format: date */
                reviewBy: string;
                section: string;
                /** @default true */
                enabled: boolean;
                /** @default [] */
                on: ("created" | "inbound_message" | "outbound_message" | "note" | "field_change" | "status_change" | "assignment" | "reopened" | "merged" | "sla_warning" | "sla_breached" | "csat" | "assistant_run" | "delivery_failed" | "any")[];
                if?: unknown;
                do: components["schemas"]["RuleAction"][];
                /** @default false */
                stop: boolean;
                maxPerTicket?: number;
                mayAnswerItself?: boolean;
                timer?: {
                  hold?: number;
                  at?: string;
                  offset?: number;
                  calendar?: string;
                  repeatEvery?: number;
                  maxRepeats?: number;
                  onPublish?: ("skip" | "fire") | {
                    spreadHours: number;
                  };
                };
                macro?: {
                  availableTo: "everyone" | number[];
                };
                tests?: {
                  given: {
                    [key: string]: unknown;
                  };
                  /** @enum {string} */
                  on: "created" | "inbound_message" | "outbound_message" | "note" | "field_change" | "status_change" | "assignment" | "reopened" | "merged" | "sla_warning" | "sla_breached" | "csat" | "assistant_run" | "delivery_failed" | "any";
                  expect: {
                    [key: string]: unknown;
                  };
                }[];
                id: number;
              };
              sentence: string;
              /** @enum {string} */
              change: "live" | "added" | "changed" | "moved" | "removed";
              owner: components["schemas"]["NameRef"] | null;
              health: {
                fired: number;
                noOp: number;
                refused: number;
                suppressed: number;
                conflicts: number;
                circuitOpened: number;
                lastFiredAt: components["schemas"]["Instant"] | null;
                heldMails: number;
              };
              weeks: number[];
              problems: {
                ruleId: number | null;
                title?: string | null;
                place: string;
                code: string;
                /** @enum {string} */
                level: "error" | "warning";
                message: string;
              }[];
              scan: {
                done: number;
                total: number;
                overdue: number;
                finishedAt: components["schemas"]["Instant"] | null;
              } | null;
              edition: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Changes a rule in the draft */
    put: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            rule: {
              key: string;
              /** @enum {string} */
              kind: "trigger" | "timer" | "macro";
              title: string;
              /** @default  */
              description?: string;
              ownerId: number;
              /** Format: date */
              reviewBy: string;
              section: string;
              /** @default true */
              enabled?: boolean;
              /** @default [] */
              on?: ("created" | "inbound_message" | "outbound_message" | "note" | "field_change" | "status_change" | "assignment" | "reopened" | "merged" | "sla_warning" | "sla_breached" | "csat" | "assistant_run" | "delivery_failed" | "any")[];
              if?: unknown;
              do: components["schemas"]["RuleActionInput"][];
              /** @default false */
              stop?: boolean;
              maxPerTicket?: number;
              mayAnswerItself?: boolean;
              timer?: {
                hold?: number;
                at?: string;
                offset?: number;
                calendar?: string;
                repeatEvery?: number;
                maxRepeats?: number;
                onPublish?: ("skip" | "fire") | {
                  spreadHours: number;
                };
              };
              macro?: {
                availableTo: "everyone" | number[];
              };
              tests?: {
                given: {
                  [key: string]: unknown;
                };
                /** @enum {string} */
                on: "created" | "inbound_message" | "outbound_message" | "note" | "field_change" | "status_change" | "assignment" | "reopened" | "merged" | "sla_warning" | "sla_breached" | "csat" | "assistant_run" | "delivery_failed" | "any";
                expect: {
                  [key: string]: unknown;
                };
              }[];
            };
            edition?: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              rule: {
                key: string;
                /** @enum {string} */
                kind: "trigger" | "timer" | "macro";
                title: string;
                /** @default  */
                description: string;
                ownerId: number;
                /** Format: date */
                reviewBy: string;
                section: string;
                /** @default true */
                enabled: boolean;
                /** @default [] */
                on: ("created" | "inbound_message" | "outbound_message" | "note" | "field_change" | "status_change" | "assignment" | "reopened" | "merged" | "sla_warning" | "sla_breached" | "csat" | "assistant_run" | "delivery_failed" | "any")[];
                if?: unknown;
                do: components["schemas"]["RuleAction"][];
                /** @default false */
                stop: boolean;
                maxPerTicket?: number;
                mayAnswerItself?: boolean;
                timer?: {
                  hold?: number;
                  at?: string;
                  offset?: number;
                  calendar?: string;
                  repeatEvery?: number;
                  maxRepeats?: number;
                  onPublish?: ("skip" | "fire") | {
                    spreadHours: number;
                  };
                };
                macro?: {
                  availableTo: "everyone" | number[];
                };
                tests?: {
                  given: {
                    [key: string]: unknown;
                  };
                  /** @enum {string} */
                  on: "created" | "inbound_message" | "outbound_message" | "note" | "field_change" | "status_change" | "assignment" | "reopened" | "merged" | "sla_warning" | "sla_breached" | "csat" | "assistant_run" | "delivery_failed" | "any";
                  expect: {
                    [key: string]: unknown;
                  };
                }[];
                id: number;
              };
              sentence: string;
              /** @enum {string} */
              change: "live" | "added" | "changed" | "moved" | "removed";
              owner: components["schemas"]["NameRef"] | null;
              health: {
                fired: number;
                noOp: number;
                refused: number;
                suppressed: number;
                conflicts: number;
                circuitOpened: number;
                lastFiredAt: components["schemas"]["Instant"] | null;
                heldMails: number;
              };
              weeks: number[];
              problems: {
                ruleId: number | null;
                title?: string | null;
                place: string;
                code: string;
                /** @enum {string} */
                level: "error" | "warning";
                message: string;
              }[];
              scan: {
                done: number;
                total: number;
                overdue: number;
                finishedAt: components["schemas"]["Instant"] | null;
              } | null;
              edition: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Takes a rule out of the draft; what it did stays in the log */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              version: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rules/{id}/firings": {
    parameters: {
    };
    /** What a rule did, newest first, on tickets the caller sees */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                at: components["schemas"]["Instant"];
                ticket: {
                  id: number;
                  subject: string;
                };
                /** @enum {string} */
                kind: "rule_fired" | "action_refused" | "rule_suppressed" | "rule_conflict" | "rule_circuit_opened";
                detail: unknown;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/rules/{id}/held-mails": {
    parameters: {
    };
    /** Lets the held mails of a rule go, or discards them */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            /** @enum {string} */
            decision: "release" | "discard";
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              mails: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/samples": {
    parameters: {
    };
    /** How many sample tickets there are, and whether they can be loaded: on a desk without tickets */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              tickets: number;
              loadable: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Loads sample tickets onto a desk without tickets; nothing of them is mailed */
    post: {
      parameters: {
      };
      responses: {
        201: {
          content: {
            "application/json": {
              tickets: number;
              loadable: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Deletes the sample tickets and takes their people off the list of customers */
    delete: {
      parameters: {
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/search/spelling": {
    parameters: {
    };
    /** What was likely meant by a search text that finds nothing */
    get: {
      parameters: {
        query: {
          q: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              q: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/search/suggestions": {
    parameters: {
    };
    /** What could come next in a search text at the cursor */
    get: {
      parameters: {
        query: {
          q?: string;
          cursor: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                text: string;
                cursor: number;
                label: string;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/sections": {
    parameters: {
    };
    /** The sections of the help center, each followed by what lies in it */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                brand: number;
                parentId: number | null;
                level: number;
                slug: string;
                names: {
                  [key: string]: string;
                };
                archived: boolean;
                articles: number;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a section at the end of those beside it */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            brand: number;
            /** @default null */
            parentId?: number | null;
            names: {
              [key: string]: string;
            };
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              brand: number;
              parentId: number | null;
              level: number;
              slug: string;
              names: {
                [key: string]: string;
              };
              archived: boolean;
              articles: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/sections/{id}": {
    parameters: {
    };
    /** Renames, moves or archives a section; what lies in an archived one is shown in the one around it */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            parentId?: number | null;
            names?: {
              [key: string]: string;
            };
            place?: number;
            archived?: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              brand: number;
              parentId: number | null;
              level: number;
              slug: string;
              names: {
                [key: string]: string;
              };
              archived: boolean;
              articles: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/sender-rules": {
    parameters: {
    };
    /** Senders that are always let in or always held, by pattern */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          verdict?: "allow" | "block";
          q?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                pattern: string;
                /** @enum {string} */
                verdict: "allow" | "block";
                createdAt: components["schemas"]["Instant"];
                createdBy: components["schemas"]["NameRef"] | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Lists a sender; the same pattern again takes the new verdict */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            pattern: string;
            /** @enum {string} */
            verdict: "allow" | "block";
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              pattern: string;
              /** @enum {string} */
              verdict: "allow" | "block";
              createdAt: components["schemas"]["Instant"];
              createdBy: components["schemas"]["NameRef"] | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/sender-rules/{id}": {
    parameters: {
    };
    /** Takes a sender off the lists */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/session": {
    parameters: {
    };
    /** Who is signed in */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              email: string;
              /** @enum {string} */
              role: "admin" | "lead" | "agent" | "viewer";
              customRole: components["schemas"]["NameRef"] | null;
              teams: components["schemas"]["NameRef"][];
              permissions: ("ticket.read" | "ticket.create" | "ticket.update" | "ticket.assign" | "ticket.reply" | "ticket.send_unasked" | "ticket.note" | "ticket.merge" | "ticket.split" | "ticket.spam" | "ticket.reopen_closed" | "ticket.close" | "ticket.delete" | "ticket.undo_any" | "ticket.review" | "ticket.bulk" | "ticket.import" | "mail.receive" | "people.read" | "people.write" | "people.managers" | "desk.read" | "settings.write" | "sla.write" | "routing.write" | "routing.lead" | "agents.write" | "roles.write" | "sign_in.write" | "directory.write" | "teams.write" | "fields.write" | "categories.write" | "taxonomy.merge" | "tags.write" | "views.write" | "macros.write" | "macros.share" | "articles.read" | "articles.write" | "views.share" | "tokens.write" | "mailboxes.read" | "mailboxes.write" | "outbox.read" | "outbox.retry" | "quarantine.read" | "quarantine.decide" | "senders.domains" | "imports.write" | "mails.read" | "mail_policy.write" | "rules.read" | "rules.write" | "rules.publish" | "config.publish_without_backtest" | "webhooks.write" | "assistant.read" | "assistant.judge" | "assistant.write" | "privacy.write" | "backups.write" | "metrics.read" | "audit.read")[];
              deskName: string;
              signature: string;
              sendDelaySeconds: number;
              countsTouch: boolean;
              factorDueAt: components["schemas"]["Instant"] | null;
              mustAddFactor: boolean;
              provider: components["schemas"]["NameRef"] | null;
              feedSeq: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Signs in with address and password, or says which second factor is wanted */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            email: string;
            password: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              email: string;
              /** @enum {string} */
              role: "admin" | "lead" | "agent" | "viewer";
              customRole: components["schemas"]["NameRef"] | null;
              teams: components["schemas"]["NameRef"][];
              permissions: ("ticket.read" | "ticket.create" | "ticket.update" | "ticket.assign" | "ticket.reply" | "ticket.send_unasked" | "ticket.note" | "ticket.merge" | "ticket.split" | "ticket.spam" | "ticket.reopen_closed" | "ticket.close" | "ticket.delete" | "ticket.undo_any" | "ticket.review" | "ticket.bulk" | "ticket.import" | "mail.receive" | "people.read" | "people.write" | "people.managers" | "desk.read" | "settings.write" | "sla.write" | "routing.write" | "routing.lead" | "agents.write" | "roles.write" | "sign_in.write" | "directory.write" | "teams.write" | "fields.write" | "categories.write" | "taxonomy.merge" | "tags.write" | "views.write" | "macros.write" | "macros.share" | "articles.read" | "articles.write" | "views.share" | "tokens.write" | "mailboxes.read" | "mailboxes.write" | "outbox.read" | "outbox.retry" | "quarantine.read" | "quarantine.decide" | "senders.domains" | "imports.write" | "mails.read" | "mail_policy.write" | "rules.read" | "rules.write" | "rules.publish" | "config.publish_without_backtest" | "webhooks.write" | "assistant.read" | "assistant.judge" | "assistant.write" | "privacy.write" | "backups.write" | "metrics.read" | "audit.read")[];
              deskName: string;
              signature: string;
              sendDelaySeconds: number;
              countsTouch: boolean;
              factorDueAt: components["schemas"]["Instant"] | null;
              mustAddFactor: boolean;
              provider: components["schemas"]["NameRef"] | null;
              feedSeq: string;
            } | {
              wanted: ("provider" | "passkey" | "code" | "recovery" | "password")[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Signs out */
    delete: {
      parameters: {
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Changes one's own name, signature, picture, language or password */
    patch: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            signature?: string;
            language?: string | null;
            picture?: number | null;
            currentPassword?: string;
            newPassword?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              email: string;
              /** @enum {string} */
              role: "admin" | "lead" | "agent" | "viewer";
              customRole: components["schemas"]["NameRef"] | null;
              teams: components["schemas"]["NameRef"][];
              permissions: ("ticket.read" | "ticket.create" | "ticket.update" | "ticket.assign" | "ticket.reply" | "ticket.send_unasked" | "ticket.note" | "ticket.merge" | "ticket.split" | "ticket.spam" | "ticket.reopen_closed" | "ticket.close" | "ticket.delete" | "ticket.undo_any" | "ticket.review" | "ticket.bulk" | "ticket.import" | "mail.receive" | "people.read" | "people.write" | "people.managers" | "desk.read" | "settings.write" | "sla.write" | "routing.write" | "routing.lead" | "agents.write" | "roles.write" | "sign_in.write" | "directory.write" | "teams.write" | "fields.write" | "categories.write" | "taxonomy.merge" | "tags.write" | "views.write" | "macros.write" | "macros.share" | "articles.read" | "articles.write" | "views.share" | "tokens.write" | "mailboxes.read" | "mailboxes.write" | "outbox.read" | "outbox.retry" | "quarantine.read" | "quarantine.decide" | "senders.domains" | "imports.write" | "mails.read" | "mail_policy.write" | "rules.read" | "rules.write" | "rules.publish" | "config.publish_without_backtest" | "webhooks.write" | "assistant.read" | "assistant.judge" | "assistant.write" | "privacy.write" | "backups.write" | "metrics.read" | "audit.read")[];
              deskName: string;
              signature: string;
              sendDelaySeconds: number;
              countsTouch: boolean;
              factorDueAt: components["schemas"]["Instant"] | null;
              mustAddFactor: boolean;
              provider: components["schemas"]["NameRef"] | null;
              feedSeq: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/session/challenge": {
    parameters: {
    };
    /** What a passkey is to sign: as the second factor, or as the only one */
    post: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              [key: string]: unknown;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/session/factor": {
    parameters: {
    };
    /** Shows the second factor, or a passkey alone, and is signed in */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            code: string;
          } | {
            passkey: {
              id: string;
              rawId: string;
              /** @enum {string} */
              type: "public-key";
              /** @enum {string} */
              authenticatorAttachment?: "platform" | "cross-platform";
              clientExtensionResults: {
                [key: string]: unknown;
              };
              response: {
                clientDataJSON: string;
                authenticatorData: string;
                signature: string;
                userHandle?: string;
              };
            };
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              email: string;
              /** @enum {string} */
              role: "admin" | "lead" | "agent" | "viewer";
              customRole: components["schemas"]["NameRef"] | null;
              teams: components["schemas"]["NameRef"][];
              permissions: ("ticket.read" | "ticket.create" | "ticket.update" | "ticket.assign" | "ticket.reply" | "ticket.send_unasked" | "ticket.note" | "ticket.merge" | "ticket.split" | "ticket.spam" | "ticket.reopen_closed" | "ticket.close" | "ticket.delete" | "ticket.undo_any" | "ticket.review" | "ticket.bulk" | "ticket.import" | "mail.receive" | "people.read" | "people.write" | "people.managers" | "desk.read" | "settings.write" | "sla.write" | "routing.write" | "routing.lead" | "agents.write" | "roles.write" | "sign_in.write" | "directory.write" | "teams.write" | "fields.write" | "categories.write" | "taxonomy.merge" | "tags.write" | "views.write" | "macros.write" | "macros.share" | "articles.read" | "articles.write" | "views.share" | "tokens.write" | "mailboxes.read" | "mailboxes.write" | "outbox.read" | "outbox.retry" | "quarantine.read" | "quarantine.decide" | "senders.domains" | "imports.write" | "mails.read" | "mail_policy.write" | "rules.read" | "rules.write" | "rules.publish" | "config.publish_without_backtest" | "webhooks.write" | "assistant.read" | "assistant.judge" | "assistant.write" | "privacy.write" | "backups.write" | "metrics.read" | "audit.read")[];
              deskName: string;
              signature: string;
              sendDelaySeconds: number;
              countsTouch: boolean;
              factorDueAt: components["schemas"]["Instant"] | null;
              mustAddFactor: boolean;
              provider: components["schemas"]["NameRef"] | null;
              feedSeq: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/session/password": {
    parameters: {
    };
    /** Chooses a password by a mailed link, ends all sessions of the account, and signs in */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            token: string;
            password: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              email: string;
              /** @enum {string} */
              role: "admin" | "lead" | "agent" | "viewer";
              customRole: components["schemas"]["NameRef"] | null;
              teams: components["schemas"]["NameRef"][];
              permissions: ("ticket.read" | "ticket.create" | "ticket.update" | "ticket.assign" | "ticket.reply" | "ticket.send_unasked" | "ticket.note" | "ticket.merge" | "ticket.split" | "ticket.spam" | "ticket.reopen_closed" | "ticket.close" | "ticket.delete" | "ticket.undo_any" | "ticket.review" | "ticket.bulk" | "ticket.import" | "mail.receive" | "people.read" | "people.write" | "people.managers" | "desk.read" | "settings.write" | "sla.write" | "routing.write" | "routing.lead" | "agents.write" | "roles.write" | "sign_in.write" | "directory.write" | "teams.write" | "fields.write" | "categories.write" | "taxonomy.merge" | "tags.write" | "views.write" | "macros.write" | "macros.share" | "articles.read" | "articles.write" | "views.share" | "tokens.write" | "mailboxes.read" | "mailboxes.write" | "outbox.read" | "outbox.retry" | "quarantine.read" | "quarantine.decide" | "senders.domains" | "imports.write" | "mails.read" | "mail_policy.write" | "rules.read" | "rules.write" | "rules.publish" | "config.publish_without_backtest" | "webhooks.write" | "assistant.read" | "assistant.judge" | "assistant.write" | "privacy.write" | "backups.write" | "metrics.read" | "audit.read")[];
              deskName: string;
              signature: string;
              sendDelaySeconds: number;
              countsTouch: boolean;
              factorDueAt: components["schemas"]["Instant"] | null;
              mustAddFactor: boolean;
              provider: components["schemas"]["NameRef"] | null;
              feedSeq: string;
            } | {
              wanted: ("provider" | "passkey" | "code" | "recovery" | "password")[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/session/password-link": {
    parameters: {
    };
    /** Mails a link to choose a new password, if the address is that of an account */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            email: string;
          };
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/session/proof": {
    parameters: {
    };
    /** Proves to be there; for ten minutes nothing asks again */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            code: string;
          } | {
            passkey: {
              id: string;
              rawId: string;
              /** @enum {string} */
              type: "public-key";
              /** @enum {string} */
              authenticatorAttachment?: "platform" | "cross-platform";
              clientExtensionResults: {
                [key: string]: unknown;
              };
              response: {
                clientDataJSON: string;
                authenticatorData: string;
                signature: string;
                userHandle?: string;
              };
            };
          } | {
            password: string;
          };
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/session/proof/challenge": {
    parameters: {
    };
    /** What one of one's own passkeys is to sign */
    post: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              [key: string]: unknown;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/session/providers": {
    parameters: {
    };
    /** Where one can sign in besides here */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                name: string;
              }[];
              directories: string[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/session/providers/{id}/callback": {
    parameters: {
    };
    /** Where a provider sends the browser back to */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Where a SAML provider has the browser send its answer (assertion consumer service) */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            SAMLResponse: string;
            RelayState?: string;
          };
        };
      };
      responses: {
        200: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/session/providers/{id}/metadata": {
    parameters: {
    };
    /** What a SAML provider must know of this desk, as XML */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": string;
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/session/providers/{id}/signed-out": {
    parameters: {
    };
    /** A provider says, by a signed logout_token, that somebody signed out there */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            logout_token: string;
          };
        };
      };
      responses: {
        200: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/session/providers/{id}/start": {
    parameters: {
    };
    /** Where the browser goes to sign in there; what comes back is told apart by the cookie that this sets */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            /** @enum {string} */
            purpose: "sign_in" | "link" | "proof" | "trial";
            next?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              url: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/settings": {
    parameters: {
    };
    /** The settings of the desk */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              deskName: string;
              timeZone: string;
              language: string;
              mailFrom: string | null;
              reopenWindowSeconds: number;
              autoCloseSeconds: number;
              sendDelaySeconds: number;
              /** @enum {string} */
              onHoldReply: "open" | "keep";
              assignOnReply: boolean;
              quoteBelow: boolean;
              nameBelow: boolean;
              acknowledgement: boolean;
              acknowledgementText: string;
              signature: string;
              auditMailTo: string | null;
              touchTime: boolean;
              handlingSeconds: number;
              reviewShare: number;
              reviewQuestions: string[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Changes settings; every version is kept */
    patch: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            deskName?: string;
            timeZone?: string;
            language?: string;
            mailFrom?: string | null;
            reopenWindowSeconds?: number;
            autoCloseSeconds?: number;
            sendDelaySeconds?: number;
            /** @enum {string} */
            onHoldReply?: "open" | "keep";
            assignOnReply?: boolean;
            quoteBelow?: boolean;
            nameBelow?: boolean;
            acknowledgement?: boolean;
            acknowledgementText?: string;
            signature?: string;
            auditMailTo?: string | null;
            touchTime?: boolean;
            handlingSeconds?: number;
            reviewShare?: number;
            reviewQuestions?: string[];
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              deskName: string;
              timeZone: string;
              language: string;
              mailFrom: string | null;
              reopenWindowSeconds: number;
              autoCloseSeconds: number;
              sendDelaySeconds: number;
              /** @enum {string} */
              onHoldReply: "open" | "keep";
              assignOnReply: boolean;
              quoteBelow: boolean;
              nameBelow: boolean;
              acknowledgement: boolean;
              acknowledgementText: string;
              signature: string;
              auditMailTo: string | null;
              touchTime: boolean;
              handlingSeconds: number;
              reviewShare: number;
              reviewQuestions: string[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/settings/restore": {
    parameters: {
    };
    /** Puts an earlier version of the settings in force again, as a new version */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            version: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              deskName: string;
              timeZone: string;
              language: string;
              mailFrom: string | null;
              reopenWindowSeconds: number;
              autoCloseSeconds: number;
              sendDelaySeconds: number;
              /** @enum {string} */
              onHoldReply: "open" | "keep";
              assignOnReply: boolean;
              quoteBelow: boolean;
              nameBelow: boolean;
              acknowledgement: boolean;
              acknowledgementText: string;
              signature: string;
              auditMailTo: string | null;
              touchTime: boolean;
              handlingSeconds: number;
              reviewShare: number;
              reviewQuestions: string[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/settings/versions": {
    parameters: {
    };
    /** The newest versions of the settings, each with what it changed */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                version: number;
                at: components["schemas"]["Instant"];
                by: string | null;
                changes: {
                  field: string;
                  from: unknown;
                  to: unknown;
                }[];
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/setup": {
    parameters: {
    };
    /** Whether the desk still needs its first administrator */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              needed: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Creates the first administrator, with the link that the server printed */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            token: string;
            name: string;
            email: string;
            password: string;
            deskName?: string;
            timeZone?: string;
            language?: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              name: string;
              email: string;
              /** @enum {string} */
              role: "admin" | "lead" | "agent" | "viewer";
              customRole: components["schemas"]["NameRef"] | null;
              teams: components["schemas"]["NameRef"][];
              permissions: ("ticket.read" | "ticket.create" | "ticket.update" | "ticket.assign" | "ticket.reply" | "ticket.send_unasked" | "ticket.note" | "ticket.merge" | "ticket.split" | "ticket.spam" | "ticket.reopen_closed" | "ticket.close" | "ticket.delete" | "ticket.undo_any" | "ticket.review" | "ticket.bulk" | "ticket.import" | "mail.receive" | "people.read" | "people.write" | "people.managers" | "desk.read" | "settings.write" | "sla.write" | "routing.write" | "routing.lead" | "agents.write" | "roles.write" | "sign_in.write" | "directory.write" | "teams.write" | "fields.write" | "categories.write" | "taxonomy.merge" | "tags.write" | "views.write" | "macros.write" | "macros.share" | "articles.read" | "articles.write" | "views.share" | "tokens.write" | "mailboxes.read" | "mailboxes.write" | "outbox.read" | "outbox.retry" | "quarantine.read" | "quarantine.decide" | "senders.domains" | "imports.write" | "mails.read" | "mail_policy.write" | "rules.read" | "rules.write" | "rules.publish" | "config.publish_without_backtest" | "webhooks.write" | "assistant.read" | "assistant.judge" | "assistant.write" | "privacy.write" | "backups.write" | "metrics.read" | "audit.read")[];
              deskName: string;
              signature: string;
              sendDelaySeconds: number;
              countsTouch: boolean;
              factorDueAt: components["schemas"]["Instant"] | null;
              mustAddFactor: boolean;
              provider: components["schemas"]["NameRef"] | null;
              feedSeq: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/sign-in-policy": {
    parameters: {
    };
    /** Which roles must have a second factor */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              required: {
                /** @enum {string} */
                role: "admin" | "lead" | "agent" | "viewer";
                since: components["schemas"]["Instant"];
                graceDays: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Says which roles must have one; where one had to already, its days do not begin again */
    put: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            required: {
              /** @enum {string} */
              role: "admin" | "lead" | "agent" | "viewer";
              graceDays: number;
            }[];
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              required: {
                /** @enum {string} */
                role: "admin" | "lead" | "agent" | "viewer";
                since: components["schemas"]["Instant"];
                graceDays: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/skills": {
    parameters: {
    };
    /** Skills by name, when tickets ask for them, and who has them */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                name: string;
                needs: {
                  q: string;
                  minLevel: number;
                  tier: number;
                }[];
                holders: {
                  agentId: number;
                  level: number;
                }[];
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a skill */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            name: string;
            needs?: {
              q: string;
              minLevel: number;
              tier: number;
            }[];
            reason?: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              name: string;
              needs: {
                q: string;
                minLevel: number;
                tier: number;
              }[];
              holders: {
                agentId: number;
                level: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/skills/{id}": {
    parameters: {
    };
    /** Changes or archives a skill; nothing asks for it any more then */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            needs?: {
              q: string;
              minLevel: number;
              tier: number;
            }[];
            reason?: string;
            archived?: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              needs: {
                q: string;
                minLevel: number;
                tier: number;
              }[];
              holders: {
                agentId: number;
                level: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/staff": {
    parameters: {
    };
    /** Agents as routing sees them: presence, what they have in hand, skills */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                name: string;
                /** @enum {string} */
                presence: "online" | "transfers_only" | "away" | "away_and_reassigning" | "offline";
                since: components["schemas"]["Instant"] | null;
                reason: string | null;
                shiftEndsAt: components["schemas"]["Instant"] | null;
                channelsOff: ("email" | "form" | "chat" | "portal" | "api" | "phone")[];
                used: number;
                maxUnits: number;
                capacity: {
                  [key: string]: number;
                };
                calendarId: number | null;
                substituteId: number | null;
                teams: number[];
                skills: {
                  skillId: number;
                  level: number;
                }[];
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/staff/me": {
    parameters: {
    };
    /** Says whether the caller takes work now */
    put: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            /** @enum {string} */
            presence: "online" | "transfers_only" | "away" | "away_and_reassigning" | "offline";
            channelsOff?: ("email" | "form" | "chat" | "portal" | "api" | "phone")[];
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              /** @enum {string} */
              presence: "online" | "transfers_only" | "away" | "away_and_reassigning" | "offline";
              since: components["schemas"]["Instant"] | null;
              reason: string | null;
              shiftEndsAt: components["schemas"]["Instant"] | null;
              channelsOff: ("email" | "form" | "chat" | "portal" | "api" | "phone")[];
              used: number;
              maxUnits: number;
              capacity: {
                [key: string]: number;
              };
              calendarId: number | null;
              substituteId: number | null;
              teams: number[];
              skills: {
                skillId: number;
                level: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/staff/{id}": {
    parameters: {
    };
    /** One agent as routing sees them */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              /** @enum {string} */
              presence: "online" | "transfers_only" | "away" | "away_and_reassigning" | "offline";
              since: components["schemas"]["Instant"] | null;
              reason: string | null;
              shiftEndsAt: components["schemas"]["Instant"] | null;
              channelsOff: ("email" | "form" | "chat" | "portal" | "api" | "phone")[];
              used: number;
              maxUnits: number;
              capacity: {
                [key: string]: number;
              };
              calendarId: number | null;
              substituteId: number | null;
              teams: number[];
              skills: {
                skillId: number;
                level: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Sets an agent's presence, room, hours, substitute and skills */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            /** @enum {string} */
            presence?: "online" | "transfers_only" | "away" | "away_and_reassigning" | "offline";
            channelsOff?: ("email" | "form" | "chat" | "portal" | "api" | "phone")[];
            maxUnits?: number;
            capacity?: {
              [key: string]: number;
            };
            calendarId?: number | null;
            substituteId?: number | null;
            skills?: {
              skillId: number;
              level: number;
            }[];
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              /** @enum {string} */
              presence: "online" | "transfers_only" | "away" | "away_and_reassigning" | "offline";
              since: components["schemas"]["Instant"] | null;
              reason: string | null;
              shiftEndsAt: components["schemas"]["Instant"] | null;
              channelsOff: ("email" | "form" | "chat" | "portal" | "api" | "phone")[];
              used: number;
              maxUnits: number;
              capacity: {
                [key: string]: number;
              };
              calendarId: number | null;
              substituteId: number | null;
              teams: number[];
              skills: {
                skillId: number;
                level: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/stream": {
    parameters: {
    };
    /** Server-sent events: what changed */
    get: {
      parameters: {
        query?: {
          since?: string;
          watch?: "now";
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/suppressions": {
    parameters: {
    };
    /** Addresses that no automatic mail goes to */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          q?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                email: string;
                /** @enum {string} */
                reason: "hard_bounce" | "complaint" | "manual";
                detail: string;
                ticketId: number | null;
                at: components["schemas"]["Instant"];
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Sends nothing automatic to an address from now on */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            email: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              email: string;
              /** @enum {string} */
              reason: "hard_bounce" | "complaint" | "manual";
              detail: string;
              ticketId: number | null;
              at: components["schemas"]["Instant"];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/suppressions/{email}": {
    parameters: {
    };
    /** Lets automatic mail go there again */
    delete: {
      parameters: {
        path: {
          email: string;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tags": {
    parameters: {
    };
    /** Tags by name */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          q?: string;
          archived?: "true" | "false";
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                name: string;
                ticketCount: number;
                archived: boolean;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a tag */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            name: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              name: string;
              ticketCount: number;
              archived: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tags/{id}": {
    parameters: {
    };
    /** Archives a tag, or brings it back */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            archived: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              ticketCount: number;
              archived: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tags/{id}/merge": {
    parameters: {
    };
    /** Makes a tag one with another: tickets and all that points at it go along; answers the job */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            into: number;
          };
        };
      };
      responses: {
        202: {
          content: {
            "application/json": {
              jobId: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tags/{id}/unmerge": {
    parameters: {
    };
    /** Takes the merge of a tag back; what was rewritten since stays */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        202: {
          content: {
            "application/json": {
              jobId: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tags/{id}/uses": {
    parameters: {
    };
    /** What points at a tag, and how many tickets carry it */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                /** @enum {string} */
                kind: "rule" | "view" | "mailbox" | "form" | "hook" | "queue" | "skill" | "policy" | "macro" | "report" | "retention" | "assistant";
                id: number;
                title: string;
                moves: boolean;
              }[];
              tickets: number;
              closed: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/teams": {
    parameters: {
    };
    /** Teams by name */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          q?: string;
          archived?: "true" | "false";
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                name: string;
                members: components["schemas"]["NameRef"][];
                archived: boolean;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a team */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            name: string;
            members?: number[];
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              name: string;
              members: components["schemas"]["NameRef"][];
              archived: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/teams/{id}": {
    parameters: {
    };
    /** One team */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              members: components["schemas"]["NameRef"][];
              archived: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Renames a team, sets its members, archives it */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            members?: number[];
            archived?: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              members: components["schemas"]["NameRef"][];
              archived: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/teams/{id}/archive": {
    parameters: {
    };
    /** Gives all that feeds a team to another one and archives it; what a person must rewrite stays named */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            moveTo: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              archived: boolean;
              moved: {
                /** @enum {string} */
                kind: "rule" | "view" | "mailbox" | "form" | "hook" | "queue" | "skill" | "policy" | "macro" | "report" | "retention" | "assistant";
                id: number;
                title: string;
                moves: boolean;
              }[];
              left: {
                /** @enum {string} */
                kind: "rule" | "view" | "mailbox" | "form" | "hook" | "queue" | "skill" | "policy" | "macro" | "report" | "retention" | "assistant";
                id: number;
                title: string;
                moves: boolean;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/teams/{id}/uses": {
    parameters: {
    };
    /** What feeds a team or points at it, and how many of its tickets are open */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                /** @enum {string} */
                kind: "rule" | "view" | "mailbox" | "form" | "hook" | "queue" | "skill" | "policy" | "macro" | "report" | "retention" | "assistant";
                id: number;
                title: string;
                moves: boolean;
              }[];
              activeTickets: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets": {
    parameters: {
    };
    /** Tickets that match a query */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          q?: string;
          sort?: "due" | "newest" | "oldest" | "updated" | "priority" | "waiting" | "relevance";
          typing?: "true";
          ids?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: components["schemas"]["Ticket"][];
              nextCursor: string | null;
              ignored: {
                term: string;
                suggestion: string | null;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Opens a ticket for a requester */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            subject: string;
            body: string;
            /** @enum {string} */
            bodyFormat?: "text" | "html" | "markdown";
            requester: {
              email: string;
              name?: string;
            };
            /** @enum {string} */
            priority?: "low" | "normal" | "high" | "urgent";
            category?: string;
            tags?: string[];
            team?: number | string;
            assignee?: number | string;
            fields?: {
              [key: string]: string | number | boolean | string[] | null;
            };
            /** @enum {string} */
            channel?: "email" | "form" | "chat" | "portal" | "api" | "phone";
            attachments?: number[];
            /** @enum {string} */
            direction?: "inbound" | "outbound";
            cc?: string[];
            /** @enum {string} */
            status?: "open" | "pending" | "on_hold" | "resolved" | "closed";
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": components["schemas"]["Ticket"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/bulk": {
    parameters: {
    };
    /** Changes many tickets in the background; answers the job */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            ids?: number[];
            q?: string;
            change: {
              /** @enum {string} */
              status?: "open" | "pending" | "on_hold" | "resolved" | "closed";
              /** @enum {string} */
              closeReason?: "duplicate" | "no_response" | "obsolete" | "out_of_scope" | "other";
              /** @enum {string} */
              priority?: "low" | "normal" | "high" | "urgent";
              assignee?: (number | string) | null;
              team?: (number | string) | null;
              category?: string | null;
              addTags?: string[];
              removeTags?: string[];
              snoozedUntil?: components["schemas"]["InstantInput"] | null;
            };
          };
        };
      };
      responses: {
        202: {
          content: {
            "application/json": components["schemas"]["Job"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/counts": {
    parameters: {
    };
    /** How many tickets match a query, by status, team and owner; each count stops at 1,000, and of hits of words the newest 1,000 are counted */
    get: {
      parameters: {
        query?: {
          q?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              all: {
                count: number;
                capped: boolean;
              };
              active: {
                count: number;
                capped: boolean;
              };
              byStatus: {
                [key: string]: {
                  count: number;
                  capped: boolean;
                };
              };
              unassigned: {
                count: number;
                capped: boolean;
              };
              mine: {
                count: number;
                capped: boolean;
              };
              teams: {
                id: number;
                name: string;
                active: {
                  count: number;
                  capped: boolean;
                };
              }[];
              at: components["schemas"]["Instant"];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/ids": {
    parameters: {
    };
    /** A whole list as numbers, 5,000 at a time (1,000 where words are looked for), with its first tickets */
    get: {
      parameters: {
        query?: {
          q?: string;
          sort?: "due" | "newest" | "oldest" | "updated" | "priority" | "waiting" | "relevance";
          group?: "status" | "priority" | "assignee" | "team" | "organization";
          cursor?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              ids: number[];
              items: components["schemas"]["Ticket"][];
              total: {
                count: number;
                capped: boolean;
              };
              nextCursor: string | null;
              ignored: {
                term: string;
                suggestion: string | null;
              }[];
              groups: {
                key: string;
                label: string | null;
                at: number;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/list.csv": {
    parameters: {
    };
    /** The first 10,000 tickets that match a query as CSV, moments in UTC, one column for each field */
    get: {
      parameters: {
        query?: {
          q?: string;
          sort?: "due" | "newest" | "oldest" | "updated" | "priority" | "waiting" | "relevance";
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/tickets/next": {
    parameters: {
    };
    /** The next ticket of a list that nobody else has in hand, locked for the caller for two minutes */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            /** @default  */
            q?: string;
            /** @enum {string} */
            sort?: "due" | "newest" | "oldest" | "updated" | "priority" | "waiting" | "relevance";
            /** @default [] */
            skip?: number[];
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              ticket: components["schemas"]["Ticket"] | null;
              lockedUntil: components["schemas"]["Instant"] | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}": {
    parameters: {
    };
    /** One ticket */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["Ticket"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Changes a ticket; what somebody else changed meanwhile is kept, the same field answers 409 */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            subject?: string;
            /** @enum {string} */
            status?: "open" | "pending" | "on_hold" | "resolved" | "closed";
            /** @enum {string} */
            closeReason?: "duplicate" | "no_response" | "obsolete" | "out_of_scope" | "other";
            /** @enum {string} */
            priority?: "low" | "normal" | "high" | "urgent";
            assignee?: (number | string) | null;
            team?: (number | string) | null;
            category?: string | null;
            tags?: string[];
            addTags?: string[];
            removeTags?: string[];
            fields?: {
              [key: string]: string | number | boolean | string[] | null;
            };
            snoozedUntil?: components["schemas"]["InstantInput"] | null;
            requester?: {
              email: string;
              name?: string;
            };
            spam?: boolean;
            deleted?: boolean;
            /** @enum {boolean} */
            despiteConflict?: true;
            expectedSeq?: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["Ticket"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/articles": {
    parameters: {
    };
    /** Published articles that may answer a ticket, likeliest first */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                title: string;
                language: string;
                section: components["schemas"]["NameRef"] | null;
                /** @enum {string} */
                audience: "public" | "agents";
                updatedAt: components["schemas"]["Instant"];
                url: string | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/assistant": {
    parameters: {
    };
    /** The assistant on a ticket: whether it may answer, and its runs, newest first */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              isLive: boolean;
              mention: components["schemas"]["NameRef"] | null;
              rewords: boolean;
              /** @enum {string} */
              state: "on" | "escalated" | "off";
              triage: {
                [key: string]: "off" | "suggest" | "set";
              };
              language: string | null;
              skills: components["schemas"]["NameRef"][];
              proposes: number | null;
              alike: {
                runId: number;
                /** @enum {string} */
                linkType: "incident" | "duplicates";
                count: number;
                ticket: {
                  id: number;
                  subject: string;
                  /** @enum {string} */
                  status: "new" | "open" | "pending" | "on_hold" | "resolved" | "closed";
                };
              } | null;
              runs: {
                id: number;
                ticketId: number;
                seq: number;
                configVersion: number;
                at: components["schemas"]["Instant"];
                /** @enum {string} */
                mode: "off" | "shadow" | "on_request" | "suggest" | "draft" | "auto";
                /** @enum {string} */
                decision: "skip" | "escalate" | "triage_only" | "draft" | "ask" | "answer_stay_open" | "auto_resolve";
                reason: ("no_evidence" | "low_confidence" | "conflict" | "policy_hard" | "customer_asked" | "tool_failed" | "repeat" | "language" | "out_of_scope" | "injection" | "budget" | "provider_down" | "superseded" | "attachment_only" | "killed" | "off" | "automatic" | "thanks" | "not_customer" | "inactive" | "human_replied" | "human_typing" | "opted_out" | "escalated" | "turns" | "holdout" | "mails_to_address") | null;
                categoryId: number | null;
                steps: {
                  step: string;
                  saw: {
                    [key: string]: string | number | boolean | null | string[];
                  };
                }[];
                guesses: {
                  /** @enum {string} */
                  field: "category" | "priority" | "team" | "tags" | "language" | "skill";
                  label: string;
                  margin: number;
                  isKnown: boolean;
                  isSure: boolean;
                }[];
                evidence: {
                  id: string;
                  articleId: number;
                  version: number;
                  title: string;
                  heading: string;
                  path: string;
                  score: number;
                }[];
                sentences: {
                  sentence: string;
                  evidence: number | null;
                }[];
                pCorrect: number | null;
                threshold: number | null;
                answer: string | null;
                ms: number;
                messageId: number | null;
                recalledAt: components["schemas"]["Instant"] | null;
                verdict: ("correct" | "incomplete" | "wrong" | "harmful") | null;
                verdictNote: string | null;
                use: ("accepted" | "edited" | "rejected") | null;
                procedure: {
                  key: string;
                  name: string;
                  language: string;
                  facts: {
                    fact: string;
                    value: string | null;
                    from: string | null;
                  }[];
                  asked: string | null;
                  questions: number;
                  trace: {
                    step: number;
                    kind: ("ask" | "look_up" | "answer" | "propose" | "hand_over") | null;
                    /** @enum {string} */
                    did: "left_out" | "known" | "read" | "asked" | "asked_again" | "enough_asked" | "looked_up" | "found_nothing" | "unknown" | "failed" | "hole" | "answered" | "proposed" | "handed_over" | "ended" | "gone" | "repeated";
                    fact: string | null;
                  }[];
                  macroId: number | null;
                  /** @default [] */
                  outside: {
                    key: string;
                    failed: ("gone" | "missing" | "unproven" | "not_allowed" | "unreachable" | "timeout" | "key_refused" | "refused" | "too_large" | "unreadable" | "shape" | "commands") | null;
                  }[];
                } | null;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Gives a ticket to the assistant again, or takes it away */
    put: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            enabled: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              isLive: boolean;
              mention: components["schemas"]["NameRef"] | null;
              rewords: boolean;
              /** @enum {string} */
              state: "on" | "escalated" | "off";
              triage: {
                [key: string]: "off" | "suggest" | "set";
              };
              language: string | null;
              skills: components["schemas"]["NameRef"][];
              proposes: number | null;
              alike: {
                runId: number;
                /** @enum {string} */
                linkType: "incident" | "duplicates";
                count: number;
                ticket: {
                  id: number;
                  subject: string;
                  /** @enum {string} */
                  status: "new" | "open" | "pending" | "on_hold" | "resolved" | "closed";
                };
              } | null;
              runs: {
                id: number;
                ticketId: number;
                seq: number;
                configVersion: number;
                at: components["schemas"]["Instant"];
                /** @enum {string} */
                mode: "off" | "shadow" | "on_request" | "suggest" | "draft" | "auto";
                /** @enum {string} */
                decision: "skip" | "escalate" | "triage_only" | "draft" | "ask" | "answer_stay_open" | "auto_resolve";
                reason: ("no_evidence" | "low_confidence" | "conflict" | "policy_hard" | "customer_asked" | "tool_failed" | "repeat" | "language" | "out_of_scope" | "injection" | "budget" | "provider_down" | "superseded" | "attachment_only" | "killed" | "off" | "automatic" | "thanks" | "not_customer" | "inactive" | "human_replied" | "human_typing" | "opted_out" | "escalated" | "turns" | "holdout" | "mails_to_address") | null;
                categoryId: number | null;
                steps: {
                  step: string;
                  saw: {
                    [key: string]: string | number | boolean | null | string[];
                  };
                }[];
                guesses: {
                  /** @enum {string} */
                  field: "category" | "priority" | "team" | "tags" | "language" | "skill";
                  label: string;
                  margin: number;
                  isKnown: boolean;
                  isSure: boolean;
                }[];
                evidence: {
                  id: string;
                  articleId: number;
                  version: number;
                  title: string;
                  heading: string;
                  path: string;
                  score: number;
                }[];
                sentences: {
                  sentence: string;
                  evidence: number | null;
                }[];
                pCorrect: number | null;
                threshold: number | null;
                answer: string | null;
                ms: number;
                messageId: number | null;
                recalledAt: components["schemas"]["Instant"] | null;
                verdict: ("correct" | "incomplete" | "wrong" | "harmful") | null;
                verdictNote: string | null;
                use: ("accepted" | "edited" | "rejected") | null;
                procedure: {
                  key: string;
                  name: string;
                  language: string;
                  facts: {
                    fact: string;
                    value: string | null;
                    from: string | null;
                  }[];
                  asked: string | null;
                  questions: number;
                  trace: {
                    step: number;
                    kind: ("ask" | "look_up" | "answer" | "propose" | "hand_over") | null;
                    /** @enum {string} */
                    did: "left_out" | "known" | "read" | "asked" | "asked_again" | "enough_asked" | "looked_up" | "found_nothing" | "unknown" | "failed" | "hole" | "answered" | "proposed" | "handed_over" | "ended" | "gone" | "repeated";
                    fact: string | null;
                  }[];
                  macroId: number | null;
                  /** @default [] */
                  outside: {
                    key: string;
                    failed: ("gone" | "missing" | "unproven" | "not_allowed" | "unreachable" | "timeout" | "key_refused" | "refused" | "too_large" | "unreadable" | "shape" | "commands") | null;
                  }[];
                } | null;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/chat": {
    parameters: {
    };
    /** Who is in the chat, whether they are there, and on which page they began; null for a ticket that is no chat, or was given to somebody else */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              visitor: {
                /** @enum {string} */
                kind: "anonymous" | "claimed" | "verified";
                email: string | null;
                language: string | null;
                timeZone: string | null;
              };
              isHere: boolean;
              seenAt: components["schemas"]["Instant"];
              page: string | null;
              referrer: string | null;
              readSeq: number;
              isAsked: boolean;
            } | null;
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/checklist": {
    parameters: {
    };
    /** The steps to do on a ticket */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                text: string;
                doneBy: components["schemas"]["NameRef"] | null;
                doneAt: components["schemas"]["Instant"] | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a step */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            text: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              items: {
                id: number;
                text: string;
                doneBy: components["schemas"]["NameRef"] | null;
                doneAt: components["schemas"]["Instant"] | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/checklist/{itemId}": {
    parameters: {
    };
    /** Takes a step off the list */
    delete: {
      parameters: {
        path: {
          id: number;
          itemId: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                text: string;
                doneBy: components["schemas"]["NameRef"] | null;
                doneAt: components["schemas"]["Instant"] | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Ticks a step off, or opens it again */
    patch: {
      parameters: {
        path: {
          id: number;
          itemId: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            done: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                text: string;
                doneBy: components["schemas"]["NameRef"] | null;
                doneAt: components["schemas"]["Instant"] | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/clocks": {
    parameters: {
    };
    /** The clocks of a ticket with every span and why it counted or not */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                /** @enum {string} */
                kind: "customer" | "internal" | "supplier";
                metric: ("first_reply" | "next_reply" | "periodic_update" | "pausable_update" | "requester_wait" | "agent_work" | "total_resolution" | "first_resolution" | "ownership") | string;
                instance: number;
                policy: {
                  id: number;
                  name: string;
                  version: number;
                };
                /** @enum {string} */
                priority: "low" | "normal" | "high" | "urgent";
                /** @enum {string} */
                state: "running" | "paused" | "met" | "missed" | "cancelled";
                reason: string;
                targetSeconds: number;
                elapsedSeconds: number;
                dueAt: components["schemas"]["Instant"] | null;
                breachedAt: components["schemas"]["Instant"] | null;
                calendar: string | null;
                spans: {
                  from: components["schemas"]["Instant"];
                  to: components["schemas"]["Instant"];
                  calendar: string | null;
                  counted: boolean;
                  seconds: number;
                  reason: string;
                }[];
              }[];
              passedOver: {
                /** @enum {string} */
                kind: "customer" | "internal" | "supplier";
                title: string;
                q: string;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/draft": {
    parameters: {
    };
    /** The caller's draft */
    get: {
      parameters: {
        query: {
          mode: "reply" | "note";
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              body: string;
              cc: string[] | null;
              to: string | null;
              attachments: {
                id: number;
                name: string;
                type: string;
                size: number;
                url: string;
              }[];
              change: {
                /** @enum {string} */
                status?: "open" | "pending" | "on_hold" | "resolved" | "closed";
                /** @enum {string} */
                closeReason?: "duplicate" | "no_response" | "obsolete" | "out_of_scope" | "other";
                /** @enum {string} */
                priority?: "low" | "normal" | "high" | "urgent";
                team?: (number | string) | null;
                category?: string | null;
                addTags?: string[];
                removeTags?: string[];
                fields?: {
                  [key: string]: string | number | boolean | string[] | null;
                };
                assignee?: number | "me" | null;
                snoozeSeconds?: number;
                /** @enum {boolean} */
                askAssistant?: true;
              } | null;
              macroId: number | null;
              mentions: number[];
              updatedAt: components["schemas"]["Instant"] | null;
              signature: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Keeps the caller's draft */
    put: {
      parameters: {
        query: {
          mode: "reply" | "note";
        };
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            body: string;
            cc?: string[] | null;
            to?: string | null;
            attachments?: number[];
            change?: {
              /** @enum {string} */
              status?: "open" | "pending" | "on_hold" | "resolved" | "closed";
              /** @enum {string} */
              closeReason?: "duplicate" | "no_response" | "obsolete" | "out_of_scope" | "other";
              /** @enum {string} */
              priority?: "low" | "normal" | "high" | "urgent";
              team?: (number | string) | null;
              category?: string | null;
              addTags?: string[];
              removeTags?: string[];
              fields?: {
                [key: string]: string | number | boolean | string[] | null;
              };
              assignee?: number | "me" | null;
              snoozeSeconds?: number;
              /** @enum {boolean} */
              askAssistant?: true;
            } | null;
            macroId?: number | null;
            mentions?: number[];
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              body: string;
              cc: string[] | null;
              to: string | null;
              attachments: {
                id: number;
                name: string;
                type: string;
                size: number;
                url: string;
              }[];
              change: {
                /** @enum {string} */
                status?: "open" | "pending" | "on_hold" | "resolved" | "closed";
                /** @enum {string} */
                closeReason?: "duplicate" | "no_response" | "obsolete" | "out_of_scope" | "other";
                /** @enum {string} */
                priority?: "low" | "normal" | "high" | "urgent";
                team?: (number | string) | null;
                category?: string | null;
                addTags?: string[];
                removeTags?: string[];
                fields?: {
                  [key: string]: string | number | boolean | string[] | null;
                };
                assignee?: number | "me" | null;
                snoozeSeconds?: number;
                /** @enum {boolean} */
                askAssistant?: true;
              } | null;
              macroId: number | null;
              mentions: number[];
              updatedAt: components["schemas"]["Instant"] | null;
              signature: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Throws the caller's draft away */
    delete: {
      parameters: {
        query: {
          mode: "reply" | "note";
        };
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/events": {
    parameters: {
    };
    /** Everything that happened to a ticket, oldest first */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          after?: number;
          changes?: "true";
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                seq: number;
                at: components["schemas"]["Instant"];
                updateId: string | number;
                actor: components["schemas"]["Actor"];
                cause: {
                  ticketId: number;
                  seq: number;
                  kind: string;
                } | null;
                kind: string;
                payload: {
                  [key: string]: unknown;
                };
                names?: {
                  [key: string]: string;
                };
                macro?: components["schemas"]["NameRef"];
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/hold": {
    parameters: {
    };
    /** Keeps a ticket from being erased */
    put: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            reason: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                personId: number | null;
                ticketId: number | null;
                name: string;
                reason: string;
                setBy: components["schemas"]["NameRef"];
                setAt: components["schemas"]["Instant"];
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Lifts the legal hold on a ticket */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                personId: number | null;
                ticketId: number | null;
                name: string;
                reason: string;
                setBy: components["schemas"]["NameRef"];
                setAt: components["schemas"]["Instant"];
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/holds": {
    parameters: {
    };
    /** The legal holds that keep a ticket */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                personId: number | null;
                ticketId: number | null;
                name: string;
                reason: string;
                setBy: components["schemas"]["NameRef"];
                setAt: components["schemas"]["Instant"];
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/incidents": {
    parameters: {
    };
    /** The active incidents of a problem, with who would be mailed */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                subject: string;
                /** @enum {string} */
                status: "new" | "open" | "pending" | "on_hold" | "resolved" | "closed";
                requester: components["schemas"]["PersonRef"];
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/incidents/resolve": {
    parameters: {
    };
    /** Resolves the incidents of a problem that were shown, each as an update of its own */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            ticketIds: number[];
            body?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              resolved: number[];
              left: {
                id: number;
                reason: string;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/links": {
    parameters: {
    };
    /** The tickets this one is linked with */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                /** @enum {string} */
                type: "follows" | "followed_by" | "duplicates" | "duplicated_by" | "relates" | "blocks" | "blocked_by" | "parent" | "child" | "problem" | "incident";
                ticket: {
                  id: number;
                  subject: string;
                  /** @enum {string} */
                  status: "new" | "open" | "pending" | "on_hold" | "resolved" | "closed";
                };
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Links two tickets, on both sides */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            /** @enum {string} */
            type: "follows" | "followed_by" | "duplicates" | "duplicated_by" | "relates" | "blocks" | "blocked_by" | "parent" | "child" | "problem" | "incident";
            ticketId: number;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              items: {
                /** @enum {string} */
                type: "follows" | "followed_by" | "duplicates" | "duplicated_by" | "relates" | "blocks" | "blocked_by" | "parent" | "child" | "problem" | "incident";
                ticket: {
                  id: number;
                  subject: string;
                  /** @enum {string} */
                  status: "new" | "open" | "pending" | "on_hold" | "resolved" | "closed";
                };
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/links/{type}/{ticketId}": {
    parameters: {
    };
    /** Takes a link away, on both sides */
    delete: {
      parameters: {
        path: {
          id: number;
          type: "follows" | "followed_by" | "duplicates" | "duplicated_by" | "relates" | "blocks" | "blocked_by" | "parent" | "child" | "problem" | "incident";
          ticketId: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                /** @enum {string} */
                type: "follows" | "followed_by" | "duplicates" | "duplicated_by" | "relates" | "blocks" | "blocked_by" | "parent" | "child" | "problem" | "incident";
                ticket: {
                  id: number;
                  subject: string;
                  /** @enum {string} */
                  status: "new" | "open" | "pending" | "on_hold" | "resolved" | "closed";
                };
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/lock": {
    parameters: {
    };
    /** Keeps a ticket in hand for two more minutes */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              lockedUntil: components["schemas"]["Instant"];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Gives a ticket back */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/merge": {
    parameters: {
    };
    /** Merges this ticket into another; answers the other */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            into: number;
            /** @default [] */
            acknowledgedNewReaders?: number[];
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["Ticket"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/messages": {
    parameters: {
    };
    /** The conversation, oldest first */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          before?: "end" | number;
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: components["schemas"]["Message"][];
              nextCursor: string | null;
              earlier: number;
              unreadFrom?: number | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Replies to the customer, or adds an internal note */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            /** @enum {string} */
            kind: "reply" | "note";
            to?: string;
            body: string;
            /** @enum {string} */
            bodyFormat?: "text" | "html" | "markdown";
            cc?: string[];
            attachments?: number[];
            /** @enum {string} */
            status?: "open" | "pending" | "on_hold" | "resolved" | "closed";
            /** @enum {string} */
            closeReason?: "duplicate" | "no_response" | "obsolete" | "out_of_scope" | "other";
            sendAt?: components["schemas"]["InstantInput"];
            expectedSeq?: number;
            sendAnyway?: boolean;
            onBehalfOf?: {
              email: string;
            };
            change?: {
              /** @enum {string} */
              status?: "open" | "pending" | "on_hold" | "resolved" | "closed";
              /** @enum {string} */
              closeReason?: "duplicate" | "no_response" | "obsolete" | "out_of_scope" | "other";
              /** @enum {string} */
              priority?: "low" | "normal" | "high" | "urgent";
              team?: (number | string) | null;
              category?: string | null;
              addTags?: string[];
              removeTags?: string[];
              fields?: {
                [key: string]: string | number | boolean | string[] | null;
              };
              assignee?: number | "me" | null;
              snoozeSeconds?: number;
              /** @enum {boolean} */
              askAssistant?: true;
            };
            macroId?: number;
            mentions?: number[];
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              /** @enum {string} */
              kind: "reply" | "note";
              /** @enum {string} */
              direction: "inbound" | "outbound" | "internal";
              author: components["schemas"]["PersonRef"] | null;
              at: components["schemas"]["Instant"];
              text: string;
              html: string | null;
              frameUrl: string | null;
              remoteImages: number;
              imagesChosen: boolean;
              quotedText: string | null;
              to: {
                name: string;
                email: string;
              }[];
              cc: {
                name: string;
                email: string;
              }[];
              attachments: {
                id: number;
                name: string;
                type: string;
                size: number;
                url: string;
              }[];
              delivery: {
                /** @enum {string} */
                state: "held" | "queued" | "sending" | "sent" | "delivered" | "delayed" | "bounced" | "failed" | "unknown";
                detail: string | null;
                sendAt: components["schemas"]["Instant"] | null;
              } | null;
              /** @enum {string} */
              via: "email" | "form" | "chat" | "portal" | "api" | "phone";
              thanks: boolean;
              mergedFromTicketId: number | null;
              redactedAt: components["schemas"]["Instant"] | null;
              invite: {
                /** @enum {string} */
                method: "request" | "cancel" | "reply" | "other";
                summary: string;
                start: string | null;
                end: string | null;
                zone: string | null;
                location: string;
                organizer: string;
              } | null;
              senderCheck: ("verified" | "unverified" | "failed") | null;
              suggestedCc: {
                name: string;
                email: string;
              }[];
              rawMailId: number | null;
              ticket: components["schemas"]["Ticket"];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/messages/{messageId}": {
    parameters: {
    };
    /** One message */
    get: {
      parameters: {
        query?: {
          remoteImages?: "show";
        };
        path: {
          id: number;
          messageId: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["Message"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Says that a message is, or is not, mere thanks */
    patch: {
      parameters: {
        path: {
          id: number;
          messageId: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            thanks: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["Message"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/messages/{messageId}/frame": {
    parameters: {
    };
    /** The HTML of one message, for a sandboxed frame */
    get: {
      parameters: {
        query?: {
          remoteImages?: "show";
        };
        path: {
          id: number;
          messageId: number;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/tickets/{id}/messages/{messageId}/redact": {
    parameters: {
    };
    /** Takes words of a message, or all that it says, away for good, with the mail it came as */
    post: {
      parameters: {
        path: {
          id: number;
          messageId: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            words?: string[];
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["Message"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/messages/{messageId}/source": {
    parameters: {
    };
    /** The mail a message came as, headers and all */
    get: {
      parameters: {
        path: {
          id: number;
          messageId: number;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/tickets/{id}/messages/{messageId}/undo-send": {
    parameters: {
    };
    /** Takes a reply back while it waits to leave; it becomes a draft again */
    post: {
      parameters: {
        path: {
          id: number;
          messageId: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              ticket: components["schemas"]["Ticket"];
              draft: {
                body: string;
                cc: string[] | null;
                to: string | null;
                attachments: {
                  id: number;
                  name: string;
                  type: string;
                  size: number;
                  url: string;
                }[];
                change: {
                  /** @enum {string} */
                  status?: "open" | "pending" | "on_hold" | "resolved" | "closed";
                  /** @enum {string} */
                  closeReason?: "duplicate" | "no_response" | "obsolete" | "out_of_scope" | "other";
                  /** @enum {string} */
                  priority?: "low" | "normal" | "high" | "urgent";
                  team?: (number | string) | null;
                  category?: string | null;
                  addTags?: string[];
                  removeTags?: string[];
                  fields?: {
                    [key: string]: string | number | boolean | string[] | null;
                  };
                  assignee?: number | "me" | null;
                  snoozeSeconds?: number;
                  /** @enum {boolean} */
                  askAssistant?: true;
                } | null;
                macroId: number | null;
                mentions: number[];
                updatedAt: components["schemas"]["Instant"] | null;
                signature: string;
              };
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/participants": {
    parameters: {
    };
    /** Adds somebody in copy, or a follower */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            /** @enum {string} */
            role: "cc" | "follower";
            email?: string;
            name?: string;
            personId?: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["Ticket"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/participants/{personId}": {
    parameters: {
    };
    /** Takes somebody off the ticket */
    delete: {
      parameters: {
        query?: {
          role?: "cc" | "follower";
        };
        path: {
          id: number;
          personId: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["Ticket"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/read": {
    parameters: {
    };
    /** Notes how far the caller has read */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            seq: number;
          };
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/recipients": {
    parameters: {
    };
    /** Where a reply goes unless said otherwise */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              to: string | null;
              addresses: string[];
              cc: string[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/rewording": {
    parameters: {
    };
    /** The text in other words or another language, by the desk’s model; changes nothing */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            text: string;
            /** @enum {string} */
            how: "correct" | "clearer" | "shorter" | "friendlier" | "formal" | "translate";
            language?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              text: string;
              lost: string[];
              added: string[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/routing": {
    parameters: {
    };
    /** How a ticket waits, who got it and why, and why nobody else did */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              waiting: {
                queue: components["schemas"]["NameRef"];
                enteredAt: components["schemas"]["Instant"];
                unroutable: string[];
                explanation: {
                  rank: number;
                  of: number;
                  place: {
                    lane: number;
                    band: number;
                    score: number;
                    eligibleAt: components["schemas"]["Instant"];
                  };
                  neighbours: {
                    ticketId: number;
                    lane: number;
                    band: number;
                    score: number;
                    eligibleAt: components["schemas"]["Instant"];
                  }[];
                  needs: {
                    skillId: number;
                    minLevel: number;
                    tier: number;
                    /** @enum {string} */
                    state: "asked" | "lowered" | "dropped";
                  }[];
                  relaxed: {
                    after: number;
                    do: {
                      dropTier: 1 | 2 | 3;
                    } | {
                      lowerLevelsBy: number;
                    } | {
                      /** @enum {boolean} */
                      addSecondaryTeams: true;
                    } | {
                      /** @enum {boolean} */
                      overflow: true;
                    };
                  }[];
                  candidates: {
                    agentId: number;
                    criteria: {
                      affinity: number;
                      teamRank: number;
                      overqualification: number;
                      breadth?: number;
                      shortfall: number;
                      load: number;
                      lastAssignedAt: components["schemas"]["Instant"] | null;
                    };
                  }[];
                  ineligible: {
                    agentId: number;
                    /** @enum {string} */
                    because: "not_in_team" | "presence" | "channel_off" | "outside_hours" | "shift_end" | "skill" | "may_not_see" | "excluded" | "reserved" | "capacity";
                    /** @enum {string} */
                    presence?: "online" | "transfers_only" | "away" | "away_and_reassigning" | "offline";
                    since?: components["schemas"]["Instant"] | null;
                    skillId?: number;
                    level?: number;
                    minLevel?: number;
                    /** @enum {string} */
                    why?: "declined" | "expired" | "given_back" | "conflict";
                    until?: components["schemas"]["Instant"] | null;
                    forAgentId?: number;
                    used?: number;
                    units?: number;
                    max?: number;
                    endsAt?: components["schemas"]["Instant"];
                    handleSeconds?: number;
                  }[];
                } | null;
              } | null;
              decisions: {
                id: number;
                at: components["schemas"]["Instant"];
                queue: components["schemas"]["NameRef"];
                queueVersion: number;
                rulebookVersion: number;
                /** @enum {string} */
                kind: "assigned" | "offered" | "taken" | "given";
                agentId: number;
                overCapacity: boolean;
                passedOver: boolean;
                waitedSeconds: number;
                units: number;
                explanation: {
                  rank: number;
                  of: number;
                  place: {
                    lane: number;
                    band: number;
                    score: number;
                    eligibleAt: components["schemas"]["Instant"];
                  };
                  neighbours: {
                    ticketId: number;
                    lane: number;
                    band: number;
                    score: number;
                    eligibleAt: components["schemas"]["Instant"];
                  }[];
                  needs: {
                    skillId: number;
                    minLevel: number;
                    tier: number;
                    /** @enum {string} */
                    state: "asked" | "lowered" | "dropped";
                  }[];
                  relaxed: {
                    after: number;
                    do: {
                      dropTier: 1 | 2 | 3;
                    } | {
                      lowerLevelsBy: number;
                    } | {
                      /** @enum {boolean} */
                      addSecondaryTeams: true;
                    } | {
                      /** @enum {boolean} */
                      overflow: true;
                    };
                  }[];
                  candidates: {
                    agentId: number;
                    criteria: {
                      affinity: number;
                      teamRank: number;
                      overqualification: number;
                      breadth?: number;
                      shortfall: number;
                      load: number;
                      lastAssignedAt: components["schemas"]["Instant"] | null;
                    };
                  }[];
                  ineligible: {
                    agentId: number;
                    /** @enum {string} */
                    because: "not_in_team" | "presence" | "channel_off" | "outside_hours" | "shift_end" | "skill" | "may_not_see" | "excluded" | "reserved" | "capacity";
                    /** @enum {string} */
                    presence?: "online" | "transfers_only" | "away" | "away_and_reassigning" | "offline";
                    since?: components["schemas"]["Instant"] | null;
                    skillId?: number;
                    level?: number;
                    minLevel?: number;
                    /** @enum {string} */
                    why?: "declined" | "expired" | "given_back" | "conflict";
                    until?: components["schemas"]["Instant"] | null;
                    forAgentId?: number;
                    used?: number;
                    units?: number;
                    max?: number;
                    endsAt?: components["schemas"]["Instant"];
                    handleSeconds?: number;
                  }[];
                };
              }[];
              agents: components["schemas"]["NameRef"][];
              skills: components["schemas"]["NameRef"][];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/rules/explain": {
    parameters: {
    };
    /** Why each rule did or did not fire at an update, by default the newest */
    get: {
      parameters: {
        query?: {
          seq?: number;
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              ticketId: number;
              seq: number;
              at: components["schemas"]["Instant"];
              kinds: string[];
              rulebookVersion: number;
              notSettled: string | null;
              rules: {
                ruleId: number;
                title: string;
                outcome: string;
                words: string;
                by: number | null;
                refusal: string | null;
                trace: components["schemas"]["RuleTrace"] | null;
                toChange: string[] | null;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/side-conversations": {
    parameters: {
    };
    /** The side conversations of a ticket, the newest first */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                subject: string;
                participants: {
                  name: string;
                  email: string;
                }[];
                /** @enum {string} */
                status: "open" | "done";
                createdAt: components["schemas"]["Instant"];
                messages: number;
                lastAt: components["schemas"]["Instant"] | null;
                lastDirection: ("inbound" | "outbound") | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Writes to outside parties beside the ticket, or forwards a message to them */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            subject: string;
            to: string[];
            body: string;
            /** @enum {string} */
            bodyFormat?: "text" | "html" | "markdown";
            attachments?: number[];
            forward?: number;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              subject: string;
              participants: {
                name: string;
                email: string;
              }[];
              /** @enum {string} */
              status: "open" | "done";
              createdAt: components["schemas"]["Instant"];
              messages: number;
              lastAt: components["schemas"]["Instant"] | null;
              lastDirection: ("inbound" | "outbound") | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/side-conversations/{sideId}": {
    parameters: {
    };
    /** Ends a side conversation, or opens it again */
    patch: {
      parameters: {
        path: {
          id: number;
          sideId: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            /** @enum {string} */
            status: "open" | "done";
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              subject: string;
              participants: {
                name: string;
                email: string;
              }[];
              /** @enum {string} */
              status: "open" | "done";
              createdAt: components["schemas"]["Instant"];
              messages: number;
              lastAt: components["schemas"]["Instant"] | null;
              lastDirection: ("inbound" | "outbound") | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/side-conversations/{sideId}/messages": {
    parameters: {
    };
    /** What was said in a side conversation; pages go back in time */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
        path: {
          id: number;
          sideId: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: components["schemas"]["Message"][];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Writes on in a side conversation; it opens again if it was done */
    post: {
      parameters: {
        path: {
          id: number;
          sideId: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            body: string;
            /** @enum {string} */
            bodyFormat?: "text" | "html" | "markdown";
            attachments?: number[];
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": components["schemas"]["Message"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/side-drafts": {
    parameters: {
    };
    /** What the caller is writing to outside parties, per thread */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                thread: string;
                to: string;
                subject: string;
                body: string;
                attachments: {
                  id: number;
                  name: string;
                  type: string;
                  size: number;
                  url: string;
                }[];
                updatedAt: components["schemas"]["Instant"];
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/side-drafts/{thread}": {
    parameters: {
    };
    /** Keeps the caller's draft of a thread */
    put: {
      parameters: {
        path: {
          id: number;
          thread: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            to: string;
            subject: string;
            body: string;
            /** @default [] */
            attachments?: number[];
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              thread: string;
              to: string;
              subject: string;
              body: string;
              attachments: {
                id: number;
                name: string;
                type: string;
                size: number;
                url: string;
              }[];
              updatedAt: components["schemas"]["Instant"];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Throws the caller's draft of a thread away */
    delete: {
      parameters: {
        path: {
          id: number;
          thread: string;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/similar": {
    parameters: {
    };
    /** Tickets with the same words in their subject */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                subject: string;
                /** @enum {string} */
                status: "new" | "open" | "pending" | "on_hold" | "resolved" | "closed";
                updatedAt: components["schemas"]["Instant"];
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/split": {
    parameters: {
    };
    /** Moves messages into a new ticket; answers the new one */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            messageIds: number[];
            subject?: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": components["schemas"]["Ticket"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/summary": {
    parameters: {
    };
    /** A long conversation in a few of its own sentences, each with the message it stands in */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              lines: {
                messageId: number;
                sentence: string;
                isQuestion: boolean;
                /** @enum {string} */
                kind: "reply" | "note";
                author: string;
                at: components["schemas"]["Instant"];
              }[];
              read: number;
              total: number;
              mayAsk: boolean;
              model: string | null;
              instead: ("unreachable" | "timeout" | "busy" | "key_refused" | "not_taken" | "broken" | "cut_answer" | "cut_question" | "filtered" | "too_long" | "budget" | "not_held" | "language" | "commands") | null;
              dropped: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** A long conversation in sentences of the desk’s model, each with the message it rests on */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              lines: {
                messageId: number;
                sentence: string;
                isQuestion: boolean;
                /** @enum {string} */
                kind: "reply" | "note";
                author: string;
                at: components["schemas"]["Instant"];
              }[];
              read: number;
              total: number;
              mayAsk: boolean;
              model: string | null;
              instead: ("unreachable" | "timeout" | "busy" | "key_refused" | "not_taken" | "broken" | "cut_answer" | "cut_question" | "filtered" | "too_long" | "budget" | "not_held" | "language" | "commands") | null;
              dropped: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/surveys": {
    parameters: {
    };
    /** What its customer said of each resolve, the last one first */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                episode: number;
                /** @enum {string} */
                outcome: "sent" | "chat" | "portal" | "held_out" | "opted_out" | "asked_lately" | "unreachable";
                at: components["schemas"]["Instant"];
                scale: 2 | 5;
                score: number | null;
                comment: string;
                answeredAt: components["schemas"]["Instant"] | null;
                changedAt: components["schemas"]["Instant"] | null;
                assignee: components["schemas"]["PersonRef"] | null;
                team: components["schemas"]["NameRef"] | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/touch": {
    parameters: {
    };
    /** For how long the caller had a ticket before them; null on a desk that does not count that */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              seconds: number | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds seconds in which the caller had a ticket before them; nothing is kept on a desk that does not count that */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            seconds: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              seconds: number | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/undo": {
    parameters: {
    };
    /** Takes a whole update back; what changed again since is kept and named */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            seq: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              ticket: components["schemas"]["Ticket"];
              restored: string[];
              changedSince: string[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/unmerge": {
    parameters: {
    };
    /** Takes this ticket out of the one it was merged into */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["Ticket"];
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tickets/{id}/what-if": {
    parameters: {
    };
    /** What would have happened to a ticket under some rules, beside what happened under others */
    get: {
      parameters: {
        query?: {
          baseline?: "live" | "draft";
          candidate?: "live" | "draft";
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              ticketId: number;
              subject: string | null;
              divergesAt: components["schemas"]["Instant"] | null;
              marks: string[];
              differences: {
                /** @enum {string} */
                kind: "fired" | "not_fired" | "mail_new" | "mail_lost" | "breached" | "saved" | "value";
                at: components["schemas"]["Instant"];
                certain: boolean;
                rule: {
                  id: number;
                  title: string;
                } | null;
                what: string | null;
                change: {
                  from: string;
                  to: string;
                  fromName: string | null;
                  toName: string | null;
                } | null;
              }[];
              baseline: {
                at: components["schemas"]["Instant"];
                actor: components["schemas"]["Actor"];
                events: string[];
                rules: {
                  id: number;
                  title: string;
                  outcome: string;
                }[];
                sent: {
                  /** @enum {string} */
                  kind: "mail" | "webhook";
                  to: string;
                  rule: {
                    id: number;
                    title: string;
                  };
                }[];
                changed: {
                  from: string;
                  to: string;
                  fromName: string | null;
                  toName: string | null;
                  /** @enum {string} */
                  field: "status" | "labelId" | "priority" | "type" | "categoryId" | "tags" | "fields" | "requesterId" | "organizationId" | "participants" | "assigneeId" | "teamId" | "queueId" | "brandId" | "formId" | "snoozedUntil" | "subjectRevisionId" | "closeReason" | "flags" | "links";
                }[];
              }[];
              candidate: {
                at: components["schemas"]["Instant"];
                actor: components["schemas"]["Actor"];
                events: string[];
                rules: {
                  id: number;
                  title: string;
                  outcome: string;
                }[];
                sent: {
                  /** @enum {string} */
                  kind: "mail" | "webhook";
                  to: string;
                  rule: {
                    id: number;
                    title: string;
                  };
                }[];
                changed: {
                  from: string;
                  to: string;
                  fromName: string | null;
                  toName: string | null;
                  /** @enum {string} */
                  field: "status" | "labelId" | "priority" | "type" | "categoryId" | "tags" | "fields" | "requesterId" | "organizationId" | "participants" | "assigneeId" | "teamId" | "queueId" | "brandId" | "formId" | "snoozedUntil" | "subjectRevisionId" | "closeReason" | "flags" | "links";
                }[];
              }[];
              baselineVersion: number;
              candidateVersion: number;
              fidelity: {
                reproduced: boolean;
                cause: string | null;
              };
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tokens": {
    parameters: {
    };
    /** Living API tokens, newest first, without their secrets */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                name: string;
                scopes: string[];
                user: components["schemas"]["NameRef"];
                createdAt: components["schemas"]["Instant"];
                lastUsedAt: components["schemas"]["Instant"] | null;
                expiresAt: components["schemas"]["Instant"] | null;
                perMinute: number | null;
                usage: {
                  day: string;
                  requests: number;
                  refusals: number;
                }[];
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Makes an API token; its secret is in this answer alone */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            name: string;
            scopes: string[];
            expiresAt?: components["schemas"]["InstantInput"] | null;
            perMinute?: number | null;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              name: string;
              scopes: string[];
              user: components["schemas"]["NameRef"];
              createdAt: components["schemas"]["Instant"];
              lastUsedAt: components["schemas"]["Instant"] | null;
              expiresAt: components["schemas"]["Instant"] | null;
              perMinute: number | null;
              usage: {
                day: string;
                requests: number;
                refusals: number;
              }[];
              token: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/tokens/{id}": {
    parameters: {
    };
    /** Revokes an API token at once */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/views": {
    parameters: {
    };
    /** The views the caller sees: own, of teams, shared */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                name: string;
                /** @enum {string} */
                scope: "personal" | "team" | "shared";
                owner: components["schemas"]["NameRef"];
                team: components["schemas"]["NameRef"] | null;
                query: string;
                sort: ("due" | "newest" | "oldest" | "updated" | "priority" | "waiting" | "relevance") | null;
                groupBy: ("status" | "priority" | "assignee" | "team" | "organization") | null;
                mine: boolean;
                archived: boolean;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Saves a view */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            name: string;
            /** @enum {string} */
            scope: "personal" | "team" | "shared";
            team?: number | null;
            query: string;
            sort?: ("due" | "newest" | "oldest" | "updated" | "priority" | "waiting" | "relevance") | null;
            groupBy?: ("status" | "priority" | "assignee" | "team" | "organization") | null;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              name: string;
              /** @enum {string} */
              scope: "personal" | "team" | "shared";
              owner: components["schemas"]["NameRef"];
              team: components["schemas"]["NameRef"] | null;
              query: string;
              sort: ("due" | "newest" | "oldest" | "updated" | "priority" | "waiting" | "relevance") | null;
              groupBy: ("status" | "priority" | "assignee" | "team" | "organization") | null;
              mine: boolean;
              archived: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/views/counts": {
    parameters: {
    };
    /** How many tickets each of these views holds; each count stops at 1,000 */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                count: {
                  count: number;
                  capped: boolean;
                };
              }[];
              at: components["schemas"]["Instant"];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/views/health": {
    parameters: {
    };
    /** Views of teams and of everybody, with what speaks against keeping each */
    get: {
      parameters: {
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                view: {
                  id: number;
                  name: string;
                  /** @enum {string} */
                  scope: "personal" | "team" | "shared";
                  owner: components["schemas"]["NameRef"];
                  team: components["schemas"]["NameRef"] | null;
                  query: string;
                  sort: ("due" | "newest" | "oldest" | "updated" | "priority" | "waiting" | "relevance") | null;
                  groupBy: ("status" | "priority" | "assignee" | "team" | "organization") | null;
                  mine: boolean;
                  archived: boolean;
                };
                usedAt: components["schemas"]["Instant"];
                count: {
                  count: number;
                  capped: boolean;
                };
                findings: ({
                  /** @enum {string} */
                  kind: "unopened";
                  days: number;
                } | {
                  /** @enum {string} */
                  kind: "empty";
                } | {
                  /** @enum {string} */
                  kind: "everything";
                  share: number;
                } | {
                  /** @enum {string} */
                  kind: "overlaps";
                  view: components["schemas"]["NameRef"];
                  share: number;
                })[];
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/views/{id}": {
    parameters: {
    };
    /** Deletes a view; its tickets stay */
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Changes a view */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            /** @enum {string} */
            scope?: "personal" | "team" | "shared";
            team?: number | null;
            query?: string;
            sort?: ("due" | "newest" | "oldest" | "updated" | "priority" | "waiting" | "relevance") | null;
            groupBy?: ("status" | "priority" | "assignee" | "team" | "organization") | null;
            archived?: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              name: string;
              /** @enum {string} */
              scope: "personal" | "team" | "shared";
              owner: components["schemas"]["NameRef"];
              team: components["schemas"]["NameRef"] | null;
              query: string;
              sort: ("due" | "newest" | "oldest" | "updated" | "priority" | "waiting" | "relevance") | null;
              groupBy: ("status" | "priority" | "assignee" | "team" | "organization") | null;
              mine: boolean;
              archived: boolean;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/views/{id}/opened": {
    parameters: {
    };
    /** Notes that the caller opened a view, so that it is known which ones are used */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {
          content?: never;
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/webhooks": {
    parameters: {
    };
    /** Webhooks by name */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          archived?: "true" | "false";
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                key: string;
                name: string;
                url: string | null;
                enabled: boolean;
                archived: boolean;
                createdAt: components["schemas"]["Instant"];
                waiting: number;
                dead: number;
                delivered: number;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a webhook; its secret is shown this once */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            key: string;
            name: string;
            /** Format: uri */
            url: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              key: string;
              name: string;
              url: string | null;
              enabled: boolean;
              archived: boolean;
              createdAt: components["schemas"]["Instant"];
              waiting: number;
              dead: number;
              delivered: number;
              secret: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/webhooks/{id}": {
    parameters: {
    };
    /** Changes, pauses or archives a webhook; refused to archive while a rule uses it */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            /** Format: uri */
            url?: string;
            enabled?: boolean;
            archived?: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              key: string;
              name: string;
              url: string | null;
              enabled: boolean;
              archived: boolean;
              createdAt: components["schemas"]["Instant"];
              waiting: number;
              dead: number;
              delivered: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/webhooks/{id}/deliveries": {
    parameters: {
    };
    /** What a webhook was told, newest first */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          state?: "queued" | "sending" | "delivered" | "dead" | "cancelled";
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                /** @enum {string} */
                state: "queued" | "sending" | "delivered" | "dead" | "cancelled";
                ticketId: number;
                ruleId: number;
                attempts: number;
                nextTryAt: components["schemas"]["Instant"] | null;
                createdAt: components["schemas"]["Instant"];
                settledAt: components["schemas"]["Instant"] | null;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/webhooks/{id}/deliveries/{deliveryId}": {
    parameters: {
    };
    /** One delivery with what was sent and every try */
    get: {
      parameters: {
        path: {
          id: number;
          deliveryId: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              /** @enum {string} */
              state: "queued" | "sending" | "delivered" | "dead" | "cancelled";
              ticketId: number;
              ruleId: number;
              attempts: number;
              nextTryAt: components["schemas"]["Instant"] | null;
              createdAt: components["schemas"]["Instant"];
              settledAt: components["schemas"]["Instant"] | null;
              payload: unknown;
              tries: {
                at: components["schemas"]["Instant"];
                durationMs: number;
                status: number | null;
                detail: string;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/webhooks/{id}/deliveries/{deliveryId}/replay": {
    parameters: {
    };
    /** Tells it again, under the same id */
    post: {
      parameters: {
        path: {
          id: number;
          deliveryId: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              /** @enum {string} */
              state: "queued" | "sending" | "delivered" | "dead" | "cancelled";
              ticketId: number;
              ruleId: number;
              attempts: number;
              nextTryAt: components["schemas"]["Instant"] | null;
              createdAt: components["schemas"]["Instant"];
              settledAt: components["schemas"]["Instant"] | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/webhooks/{id}/replay": {
    parameters: {
    };
    /** Tells it everything again that was given up */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              deliveries: number;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/webhooks/{id}/secret": {
    parameters: {
    };
    /** Gives a webhook a new secret; the old one is void at once */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              key: string;
              name: string;
              url: string | null;
              enabled: boolean;
              archived: boolean;
              createdAt: components["schemas"]["Instant"];
              waiting: number;
              dead: number;
              delivered: number;
              secret: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/widgets": {
    parameters: {
    };
    /** Widgets by name */
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          q?: string;
          archived?: "true" | "false";
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: {
                id: number;
                key: string;
                name: string;
                brand: components["schemas"]["NameRef"];
                team: components["schemas"]["NameRef"] | null;
                calendar: string | null;
                color: string | null;
                greeting: string;
                origins: string[];
                notesPage: boolean;
                askAfterSeconds: number;
                resolveAfterSeconds: number;
                archived: boolean;
                keys: {
                  id: number;
                  /** @enum {string} */
                  algorithm: "HS256" | "RS256" | "EdDSA";
                  publicKey: string | null;
                  createdAt: components["schemas"]["Instant"];
                }[];
                tag: string;
                policy: string;
              }[];
              nextCursor: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Adds a widget; its key is drawn */
    post: {
      parameters: {
      };
      requestBody: {
        content: {
          "application/json": {
            name: string;
            brand: number;
            /** @default null */
            team?: number | null;
            /** @default null */
            calendar?: string | null;
            /** @default null */
            color?: string | null;
            /** @default  */
            greeting?: string;
            /** @default [] */
            origins?: string[];
            /** @default false */
            notesPage?: boolean;
            /** @default 300 */
            askAfterSeconds?: number;
            /** @default 900 */
            resolveAfterSeconds?: number;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              key: string;
              name: string;
              brand: components["schemas"]["NameRef"];
              team: components["schemas"]["NameRef"] | null;
              calendar: string | null;
              color: string | null;
              greeting: string;
              origins: string[];
              notesPage: boolean;
              askAfterSeconds: number;
              resolveAfterSeconds: number;
              archived: boolean;
              keys: {
                id: number;
                /** @enum {string} */
                algorithm: "HS256" | "RS256" | "EdDSA";
                publicKey: string | null;
                createdAt: components["schemas"]["Instant"];
              }[];
              tag: string;
              policy: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/widgets/{id}": {
    parameters: {
    };
    /** One widget */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              key: string;
              name: string;
              brand: components["schemas"]["NameRef"];
              team: components["schemas"]["NameRef"] | null;
              calendar: string | null;
              color: string | null;
              greeting: string;
              origins: string[];
              notesPage: boolean;
              askAfterSeconds: number;
              resolveAfterSeconds: number;
              archived: boolean;
              keys: {
                id: number;
                /** @enum {string} */
                algorithm: "HS256" | "RS256" | "EdDSA";
                publicKey: string | null;
                createdAt: components["schemas"]["Instant"];
              }[];
              tag: string;
              policy: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
    /** Changes a widget, or takes it away */
    patch: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            brand?: number;
            team?: number | null;
            calendar?: string | null;
            color?: string | null;
            greeting?: string;
            origins?: string[];
            notesPage?: boolean;
            askAfterSeconds?: number;
            resolveAfterSeconds?: number;
            archived?: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              key: string;
              name: string;
              brand: components["schemas"]["NameRef"];
              team: components["schemas"]["NameRef"] | null;
              calendar: string | null;
              color: string | null;
              greeting: string;
              origins: string[];
              notesPage: boolean;
              askAfterSeconds: number;
              resolveAfterSeconds: number;
              archived: boolean;
              keys: {
                id: number;
                /** @enum {string} */
                algorithm: "HS256" | "RS256" | "EdDSA";
                publicKey: string | null;
                createdAt: components["schemas"]["Instant"];
              }[];
              tag: string;
              policy: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/widgets/{id}/health": {
    parameters: {
    };
    /** Whether a widget is there to be loaded, who visits, and whose word was not believed of late */
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              isBuilt: boolean;
              isOpen: boolean;
              opensAt: components["schemas"]["Instant"] | null;
              lastSeenAt: components["schemas"]["Instant"] | null;
              here: number;
              refusals: {
                at: components["schemas"]["Instant"];
                /** @enum {string} */
                reason: "no_key" | "unreadable" | "algorithm" | "signature" | "expired" | "too_long" | "audience" | "claims";
                origin: string | null;
              }[];
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/widgets/{id}/keys": {
    parameters: {
    };
    /** Adds a key by which the company’s site shows who its visitor is; at most two */
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            /** @enum {string} */
            algorithm: "HS256" | "RS256" | "EdDSA";
            /** @default null */
            publicKey?: string | null;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: number;
              /** @enum {string} */
              algorithm: "HS256" | "RS256" | "EdDSA";
              publicKey: string | null;
              createdAt: components["schemas"]["Instant"];
              secret: string | null;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
  "/widgets/{id}/keys/{keyId}": {
    parameters: {
    };
    /** Takes a key away: what it signed is no longer believed */
    delete: {
      parameters: {
        path: {
          id: number;
          keyId: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: number;
              key: string;
              name: string;
              brand: components["schemas"]["NameRef"];
              team: components["schemas"]["NameRef"] | null;
              calendar: string | null;
              color: string | null;
              greeting: string;
              origins: string[];
              notesPage: boolean;
              askAfterSeconds: number;
              resolveAfterSeconds: number;
              archived: boolean;
              keys: {
                id: number;
                /** @enum {string} */
                algorithm: "HS256" | "RS256" | "EdDSA";
                publicKey: string | null;
                createdAt: components["schemas"]["Instant"];
              }[];
              tag: string;
              policy: string;
            };
          };
        };
        "4XX": Failed;
        "5XX": Failed;
      };
    };
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    ActorInput: {
      /** @enum {string} */
      type: "agent" | "requester" | "participant" | "rule" | "assistant" | "system" | "api";
      id: number | null;
      name: string | null;
    };
    AssistantVersionInput: {
      version: number;
      note: string;
      createdBy: components["schemas"]["NameRefInput"] | null;
      steps: {
        brandId: number | null;
        channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
        categoryId: number;
        /** @enum {string} */
        from: "off" | "shadow" | "draft" | "tenth" | "half" | "whole";
        /** @enum {string} */
        to: "off" | "shadow" | "draft" | "tenth" | "half" | "whole";
        /** @enum {string} */
        why: "pressed" | "reopened" | "bad_rating" | "wrong" | "escalated" | "harmful";
      }[];
      createdAt: components["schemas"]["InstantInput"];
      publishedAt: components["schemas"]["InstantInput"] | null;
      live: boolean;
    };
    ClockInput: {
      kind: string;
      metric: string;
      instance: number;
      /** @enum {string} */
      state: "running" | "paused" | "met" | "missed" | "cancelled";
      dueAt: components["schemas"]["InstantInput"] | null;
      breachedAt: components["schemas"]["InstantInput"] | null;
      elapsedSeconds: number;
      targetSeconds: number;
      openHours: boolean;
      risk: number | null;
    };
    ConflictInput: {
      field: string;
      base: unknown;
      theirs: unknown;
      yours: unknown;
      theirActor: components["schemas"]["ActorInput"];
      theirSeq: number;
    };
    IdentityProviderInput: {
      id: number;
      /** @enum {string} */
      kind: "oidc" | "saml" | "ldap";
      name: string;
      saml: {
        signInUrl: string;
        certificates: {
          subject: string;
          endsAt: components["schemas"]["InstantInput"];
        }[];
        metadataUrl: string | null;
        takesUnasked: boolean;
        signsRequests: boolean;
        keyEndsAt: components["schemas"]["InstantInput"] | null;
        certificatesEndAt: components["schemas"]["InstantInput"] | null;
      } | null;
      ldap: {
        url: string;
        authority: string | null;
        bindDn: string;
        baseDn: string;
        filter: string;
        nestedGroups: boolean;
        syncHours: number | null;
      } | null;
      syncedAt: components["schemas"]["InstantInput"] | null;
      syncProblem: string | null;
      issuer: string;
      clientId: string;
      hasSecret: boolean;
      scopes: string;
      groupsClaim: string;
      domains: string[];
      isOn: boolean;
      vouchesFactor: boolean;
      replacesPassword: boolean;
      trial: {
        at: components["schemas"]["InstantInput"];
        steps: {
          /** @enum {string} */
          step: "discovery" | "connect" | "find" | "answer" | "token" | "assertion" | "claims" | "account";
          isGood: boolean;
          side: ("desk" | "provider" | "network" | "person") | null;
          said: string;
        }[];
        groups: string[];
      } | null;
      people: number;
      redirectUri: string;
      logoutUri: string;
      metadataUri: string;
    };
    /** Format: date-time */
    InstantInput: string;
    JobInput: {
      id: number;
      /** @enum {string} */
      state: "running" | "cancelled" | "done";
      change: {
        /** @enum {string} */
        status?: "open" | "pending" | "on_hold" | "resolved" | "closed";
        /** @enum {string} */
        closeReason?: "duplicate" | "no_response" | "obsolete" | "out_of_scope" | "other";
        /** @enum {string} */
        priority?: "low" | "normal" | "high" | "urgent";
        assignee?: (number | string) | null;
        team?: (number | string) | null;
        category?: string | null;
        addTags?: string[];
        removeTags?: string[];
        snoozedUntil?: components["schemas"]["InstantInput"] | null;
      } | null;
      undoOf: number | null;
      firings: {
        version: number;
        ruleId: number | null;
      } | null;
      undoneBy: number | null;
      total: number;
      counts: {
        [key: string]: number;
      };
      createdAt: components["schemas"]["InstantInput"];
      finishedAt: components["schemas"]["InstantInput"] | null;
      undoUntil: components["schemas"]["InstantInput"] | null;
    };
    MailboxInput: {
      id: number;
      address: string;
      name: string;
      fromName: string;
      brand: components["schemas"]["NameRefInput"];
      team: components["schemas"]["NameRefInput"] | null;
      signature: string;
      language: string | null;
      isDefault: boolean;
      archived: boolean;
      paused: boolean;
      /** @enum {string} */
      ccFromMail: "add" | "suggest" | "ignore";
      trustForwards: boolean;
      alertAfterMinutes: number;
      /** @enum {string} */
      importHistory: "none" | "30d" | "all";
      imap: {
        host: string;
        port: number;
        /** @enum {string} */
        security: "tls" | "starttls" | "none";
        user: string;
        /** @enum {string} */
        auth: "password" | "oauth";
        /** @default INBOX */
        folder: string;
        /**
        * @default seen
        * @enum {string}
        */
        afterFetch: "keep" | "seen" | "move";
        /** @default null */
        moveTo: string | null;
      } | null;
      smtp: {
        host: string;
        port: number;
        /** @enum {string} */
        security: "tls" | "starttls" | "none";
        user: string;
        /** @enum {string} */
        auth: "password" | "oauth" | "none";
      } | null;
      oauth: {
        /** @enum {string} */
        provider: "google" | "microsoft" | "custom";
        clientId: string;
        connected: boolean;
      } | null;
      dkim: {
        domain: string;
        selector: string;
        record: string;
      } | null;
      has: {
        imapPassword: boolean;
        smtpPassword: boolean;
        clientSecret: boolean;
      };
      health: {
        /** @enum {string} */
        state: "ok" | "waiting" | "failing" | "paused" | "not_fetched";
        fetchedAt: components["schemas"]["InstantInput"] | null;
        mailAt: components["schemas"]["InstantInput"] | null;
        lagSeconds: number | null;
        failingSince: components["schemas"]["InstantInput"] | null;
        failure: string | null;
        cure: string | null;
        sentAt: components["schemas"]["InstantInput"] | null;
        sendFailingSince: components["schemas"]["InstantInput"] | null;
        sendFailure: string | null;
        sendCure: string | null;
        alert: boolean;
        historyTotal: number;
        historyDone: number;
        testSentAt: components["schemas"]["InstantInput"] | null;
        testReturnedAt: components["schemas"]["InstantInput"] | null;
      };
    };
    MessageInput: {
      id: number;
      /** @enum {string} */
      kind: "reply" | "note";
      /** @enum {string} */
      direction: "inbound" | "outbound" | "internal";
      author: components["schemas"]["PersonRefInput"] | null;
      at: components["schemas"]["InstantInput"];
      text: string;
      html: string | null;
      frameUrl: string | null;
      remoteImages: number;
      imagesChosen: boolean;
      quotedText: string | null;
      to: {
        name: string;
        email: string;
      }[];
      cc: {
        name: string;
        email: string;
      }[];
      attachments: {
        id: number;
        name: string;
        type: string;
        size: number;
        url: string;
      }[];
      delivery: {
        /** @enum {string} */
        state: "held" | "queued" | "sending" | "sent" | "delivered" | "delayed" | "bounced" | "failed" | "unknown";
        detail: string | null;
        sendAt: components["schemas"]["InstantInput"] | null;
      } | null;
      /** @enum {string} */
      via: "email" | "form" | "chat" | "portal" | "api" | "phone";
      thanks: boolean;
      mergedFromTicketId: number | null;
      redactedAt: components["schemas"]["InstantInput"] | null;
      invite: {
        /** @enum {string} */
        method: "request" | "cancel" | "reply" | "other";
        summary: string;
        start: string | null;
        end: string | null;
        zone: string | null;
        location: string;
        organizer: string;
      } | null;
      senderCheck: ("verified" | "unverified" | "failed") | null;
      suggestedCc: {
        name: string;
        email: string;
      }[];
      rawMailId: number | null;
    };
    NameRefInput: {
      id: number;
      name: string;
    };
    ParticipantInput: {
      id: number;
      name: string;
      email: string;
      /** @enum {string} */
      role: "cc" | "follower";
    };
    PersonInput: {
      id: number;
      name: string;
      email: string;
      emails: string[];
      phone: string | null;
      organization: components["schemas"]["NameRefInput"] | null;
      language: string | null;
      timeZone: string | null;
      notes: string | null;
      createdAt: components["schemas"]["InstantInput"];
      ticketCount?: number;
    };
    PersonRefInput: {
      id: number;
      name: string;
      email: string;
    };
    ProblemInput: {
      type: string;
      title: string;
      status: number;
      detail?: string;
      errors?: {
        path: string;
        message: string;
      }[];
      refusal?: string;
      scope?: string;
      conflict?: components["schemas"]["ConflictInput"][];
      messageIds?: number[];
      fields?: string[];
      proofs?: string[];
      newReaders?: components["schemas"]["PersonRefInput"][];
    } & {
      [key: string]: unknown;
    };
    RuleActionInput: {
      /** @enum {string} */
      setStatus: "new" | "open" | "pending" | "on_hold" | "resolved" | "closed";
      /** @enum {string} */
      closeReason?: "duplicate" | "no_response" | "obsolete" | "out_of_scope" | "other";
    } | {
      /** @enum {string} */
      setPriority: "low" | "normal" | "high" | "urgent";
    } | {
      setType: ("question" | "incident" | "problem" | "task") | null;
    } | {
      setTeam: number | null;
    } | {
      setQueue: number | null;
    } | {
      setCategory: number | null;
    } | {
      assign: number | ("currentAgent" | "leastLoaded" | "none");
    } | {
      setField: {
        field: string;
        value: string | number | boolean | string[] | null;
      };
    } | {
      addTags: string[];
    } | {
      removeTags: string[];
    } | {
      addFollower: number | "currentAgent";
    } | {
      removeFollower: number;
    } | {
      snooze: number;
    } | {
      addNote: {
        template: string;
      };
    } | {
      reply: {
        template: string;
        /** @enum {string} */
        to?: "requester" | "all";
      };
    } | {
      notify: {
        template: string;
        to: string[];
        allowMany?: boolean;
      };
    } | {
      webhook: {
        endpoint: string;
      };
    } | {
      link: {
        /** @enum {string} */
        linkType: "follows" | "followed_by" | "duplicates" | "duplicated_by" | "relates" | "blocks" | "blocked_by" | "parent" | "child" | "problem" | "incident";
        ticketId: number;
      };
    } | {
      runAssistant: string;
    } | {
      runMacro: string;
    };
    RulebookVersionInput: {
      version: number;
      /** @enum {string} */
      state: "draft" | "canary" | "published" | "superseded" | "rolled_back" | "withdrawn";
      edition: number;
      parentVersion: number | null;
      note: string;
      acknowledged: {
        reason: string;
        codes: string[];
      } | null;
      createdBy: components["schemas"]["NameRefInput"] | null;
      createdAt: components["schemas"]["InstantInput"];
      changedAt: components["schemas"]["InstantInput"];
      publishedBy: components["schemas"]["NameRefInput"] | null;
      publishedAt: components["schemas"]["InstantInput"] | null;
      endedAt: components["schemas"]["InstantInput"] | null;
      percent: number | null;
      canaryFrom: components["schemas"]["InstantInput"] | null;
    };
    RuleTraceInput: {
      leaf: {
        field: string;
        op: string;
        value?: unknown;
        calendar?: string;
      };
      words: string;
      place: string;
      actual: unknown;
      before?: unknown;
      holds: boolean;
      redacted?: boolean;
    } | {
      /** @enum {string} */
      group: "all" | "any" | "not";
      holds: boolean;
      parts: components["schemas"]["RuleTraceInput"][];
    };
    SimulationInput: {
      id: number;
      /** @enum {string} */
      state: "queued" | "running" | "done" | "failed";
      configVersion: number;
      from: components["schemas"]["InstantInput"];
      to: components["schemas"]["InstantInput"];
      done: number;
      total: number;
      failure: string | null;
      createdBy: components["schemas"]["NameRefInput"];
      createdAt: components["schemas"]["InstantInput"];
      finishedAt: components["schemas"]["InstantInput"] | null;
    };
    TicketInput: {
      id: number;
      subject: string;
      /** @enum {string} */
      status: "new" | "open" | "pending" | "on_hold" | "resolved" | "closed";
      /** @enum {string} */
      priority: "low" | "normal" | "high" | "urgent";
      category: string | null;
      tags: string[];
      requester: components["schemas"]["PersonRefInput"];
      assignee: components["schemas"]["NameRefInput"] | null;
      team: components["schemas"]["NameRefInput"] | null;
      /** @enum {string} */
      channel: "email" | "form" | "chat" | "portal" | "api" | "phone";
      fields: {
        [key: string]: string | number | boolean | string[] | null;
      };
      participants: components["schemas"]["ParticipantInput"][];
      createdAt: components["schemas"]["InstantInput"];
      updatedAt: components["schemas"]["InstantInput"];
      statusSince: components["schemas"]["InstantInput"];
      resolvedAt: components["schemas"]["InstantInput"] | null;
      closedAt: components["schemas"]["InstantInput"] | null;
      snoozedUntil: components["schemas"]["InstantInput"] | null;
      reopenCount: number;
      seq: number;
      clocks: components["schemas"]["ClockInput"][];
      mergedInto: number | null;
      url: string;
      snippet?: string;
      unread?: boolean;
      lastMessageAt?: components["schemas"]["InstantInput"];
      draft?: boolean;
      spam?: boolean;
      deleted?: boolean;
      permissions?: string[];
    };
    Actor: {
      /** @enum {string} */
      type: "agent" | "requester" | "participant" | "rule" | "assistant" | "system" | "api";
      id: number | null;
      name: string | null;
    };
    AssistantVersion: {
      version: number;
      note: string;
      createdBy: components["schemas"]["NameRef"] | null;
      steps: {
        brandId: number | null;
        channel: ("email" | "form" | "chat" | "portal" | "api" | "phone") | null;
        categoryId: number;
        /** @enum {string} */
        from: "off" | "shadow" | "draft" | "tenth" | "half" | "whole";
        /** @enum {string} */
        to: "off" | "shadow" | "draft" | "tenth" | "half" | "whole";
        /** @enum {string} */
        why: "pressed" | "reopened" | "bad_rating" | "wrong" | "escalated" | "harmful";
      }[];
      createdAt: components["schemas"]["Instant"];
      publishedAt: components["schemas"]["Instant"] | null;
      live: boolean;
    };
    Clock: {
      kind: string;
      metric: string;
      instance: number;
      /** @enum {string} */
      state: "running" | "paused" | "met" | "missed" | "cancelled";
      dueAt: components["schemas"]["Instant"] | null;
      breachedAt: components["schemas"]["Instant"] | null;
      elapsedSeconds: number;
      targetSeconds: number;
      openHours: boolean;
      risk: number | null;
    };
    Conflict: {
      field: string;
      base: unknown;
      theirs: unknown;
      yours: unknown;
      theirActor: components["schemas"]["Actor"];
      theirSeq: number;
    };
    IdentityProvider: {
      id: number;
      /** @enum {string} */
      kind: "oidc" | "saml" | "ldap";
      name: string;
      saml: {
        signInUrl: string;
        certificates: {
          subject: string;
          endsAt: components["schemas"]["Instant"];
        }[];
        metadataUrl: string | null;
        takesUnasked: boolean;
        signsRequests: boolean;
        keyEndsAt: components["schemas"]["Instant"] | null;
        certificatesEndAt: components["schemas"]["Instant"] | null;
      } | null;
      ldap: {
        url: string;
        authority: string | null;
        bindDn: string;
        baseDn: string;
        filter: string;
        nestedGroups: boolean;
        syncHours: number | null;
      } | null;
      syncedAt: components["schemas"]["Instant"] | null;
      syncProblem: string | null;
      issuer: string;
      clientId: string;
      hasSecret: boolean;
      scopes: string;
      groupsClaim: string;
      domains: string[];
      isOn: boolean;
      vouchesFactor: boolean;
      replacesPassword: boolean;
      trial: {
        at: components["schemas"]["Instant"];
        steps: {
          /** @enum {string} */
          step: "discovery" | "connect" | "find" | "answer" | "token" | "assertion" | "claims" | "account";
          isGood: boolean;
          side: ("desk" | "provider" | "network" | "person") | null;
          said: string;
        }[];
        groups: string[];
      } | null;
      people: number;
      redirectUri: string;
      logoutUri: string;
      metadataUri: string;
    };
    /** Format: date-time */
    Instant: string;
    Job: {
      id: number;
      /** @enum {string} */
      state: "running" | "cancelled" | "done";
      change: {
        /** @enum {string} */
        status?: "open" | "pending" | "on_hold" | "resolved" | "closed";
        /** @enum {string} */
        closeReason?: "duplicate" | "no_response" | "obsolete" | "out_of_scope" | "other";
        /** @enum {string} */
        priority?: "low" | "normal" | "high" | "urgent";
        assignee?: (number | string) | null;
        team?: (number | string) | null;
        category?: string | null;
        addTags?: string[];
        removeTags?: string[];
        snoozedUntil?: components["schemas"]["Instant"] | null;
      } | null;
      undoOf: number | null;
      firings: {
        version: number;
        ruleId: number | null;
      } | null;
      undoneBy: number | null;
      total: number;
      counts: {
        [key: string]: number;
      };
      createdAt: components["schemas"]["Instant"];
      finishedAt: components["schemas"]["Instant"] | null;
      undoUntil: components["schemas"]["Instant"] | null;
    };
    Mailbox: {
      id: number;
      address: string;
      name: string;
      fromName: string;
      brand: components["schemas"]["NameRef"];
      team: components["schemas"]["NameRef"] | null;
      signature: string;
      language: string | null;
      isDefault: boolean;
      archived: boolean;
      paused: boolean;
      /** @enum {string} */
      ccFromMail: "add" | "suggest" | "ignore";
      trustForwards: boolean;
      alertAfterMinutes: number;
      /** @enum {string} */
      importHistory: "none" | "30d" | "all";
      imap: {
        host: string;
        port: number;
        /** @enum {string} */
        security: "tls" | "starttls" | "none";
        user: string;
        /** @enum {string} */
        auth: "password" | "oauth";
        /** @default INBOX */
        folder: string;
        /**
        * @default seen
        * @enum {string}
        */
        afterFetch: "keep" | "seen" | "move";
        /** @default null */
        moveTo: string | null;
      } | null;
      smtp: {
        host: string;
        port: number;
        /** @enum {string} */
        security: "tls" | "starttls" | "none";
        user: string;
        /** @enum {string} */
        auth: "password" | "oauth" | "none";
      } | null;
      oauth: {
        /** @enum {string} */
        provider: "google" | "microsoft" | "custom";
        clientId: string;
        connected: boolean;
      } | null;
      dkim: {
        domain: string;
        selector: string;
        record: string;
      } | null;
      has: {
        imapPassword: boolean;
        smtpPassword: boolean;
        clientSecret: boolean;
      };
      health: {
        /** @enum {string} */
        state: "ok" | "waiting" | "failing" | "paused" | "not_fetched";
        fetchedAt: components["schemas"]["Instant"] | null;
        mailAt: components["schemas"]["Instant"] | null;
        lagSeconds: number | null;
        failingSince: components["schemas"]["Instant"] | null;
        failure: string | null;
        cure: string | null;
        sentAt: components["schemas"]["Instant"] | null;
        sendFailingSince: components["schemas"]["Instant"] | null;
        sendFailure: string | null;
        sendCure: string | null;
        alert: boolean;
        historyTotal: number;
        historyDone: number;
        testSentAt: components["schemas"]["Instant"] | null;
        testReturnedAt: components["schemas"]["Instant"] | null;
      };
    };
    Message: {
      id: number;
      /** @enum {string} */
      kind: "reply" | "note";
      /** @enum {string} */
      direction: "inbound" | "outbound" | "internal";
      author: components["schemas"]["PersonRef"] | null;
      at: components["schemas"]["Instant"];
      text: string;
      html: string | null;
      frameUrl: string | null;
      remoteImages: number;
      imagesChosen: boolean;
      quotedText: string | null;
      to: {
        name: string;
        email: string;
      }[];
      cc: {
        name: string;
        email: string;
      }[];
      attachments: {
        id: number;
        name: string;
        type: string;
        size: number;
        url: string;
      }[];
      delivery: {
        /** @enum {string} */
        state: "held" | "queued" | "sending" | "sent" | "delivered" | "delayed" | "bounced" | "failed" | "unknown";
        detail: string | null;
        sendAt: components["schemas"]["Instant"] | null;
      } | null;
      /** @enum {string} */
      via: "email" | "form" | "chat" | "portal" | "api" | "phone";
      thanks: boolean;
      mergedFromTicketId: number | null;
      redactedAt: components["schemas"]["Instant"] | null;
      invite: {
        /** @enum {string} */
        method: "request" | "cancel" | "reply" | "other";
        summary: string;
        start: string | null;
        end: string | null;
        zone: string | null;
        location: string;
        organizer: string;
      } | null;
      senderCheck: ("verified" | "unverified" | "failed") | null;
      suggestedCc: {
        name: string;
        email: string;
      }[];
      rawMailId: number | null;
    };
    NameRef: {
      id: number;
      name: string;
    };
    Participant: {
      id: number;
      name: string;
      email: string;
      /** @enum {string} */
      role: "cc" | "follower";
    };
    Person: {
      id: number;
      name: string;
      email: string;
      emails: string[];
      phone: string | null;
      organization: components["schemas"]["NameRef"] | null;
      language: string | null;
      timeZone: string | null;
      notes: string | null;
      createdAt: components["schemas"]["Instant"];
      ticketCount?: number;
    };
    PersonRef: {
      id: number;
      name: string;
      email: string;
    };
    Problem: {
      type: string;
      title: string;
      status: number;
      detail?: string;
      errors?: {
        path: string;
        message: string;
      }[];
      refusal?: string;
      scope?: string;
      conflict?: components["schemas"]["Conflict"][];
      messageIds?: number[];
      fields?: string[];
      proofs?: string[];
      newReaders?: components["schemas"]["PersonRef"][];
    } & {
      [key: string]: unknown;
    };
    RuleAction: {
      /** @enum {string} */
      setStatus: "new" | "open" | "pending" | "on_hold" | "resolved" | "closed";
      /** @enum {string} */
      closeReason?: "duplicate" | "no_response" | "obsolete" | "out_of_scope" | "other";
    } | {
      /** @enum {string} */
      setPriority: "low" | "normal" | "high" | "urgent";
    } | {
      setType: ("question" | "incident" | "problem" | "task") | null;
    } | {
      setTeam: number | null;
    } | {
      setQueue: number | null;
    } | {
      setCategory: number | null;
    } | {
      assign: number | ("currentAgent" | "leastLoaded" | "none");
    } | {
      setField: {
        field: string;
        value: string | number | boolean | string[] | null;
      };
    } | {
      addTags: string[];
    } | {
      removeTags: string[];
    } | {
      addFollower: number | "currentAgent";
    } | {
      removeFollower: number;
    } | {
      snooze: number;
    } | {
      addNote: {
        template: string;
      };
    } | {
      reply: {
        template: string;
        /** @enum {string} */
        to?: "requester" | "all";
      };
    } | {
      notify: {
        template: string;
        to: string[];
        allowMany?: boolean;
      };
    } | {
      webhook: {
        endpoint: string;
      };
    } | {
      link: {
        /** @enum {string} */
        linkType: "follows" | "followed_by" | "duplicates" | "duplicated_by" | "relates" | "blocks" | "blocked_by" | "parent" | "child" | "problem" | "incident";
        ticketId: number;
      };
    } | {
      runAssistant: string;
    } | {
      runMacro: string;
    };
    RulebookVersion: {
      version: number;
      /** @enum {string} */
      state: "draft" | "canary" | "published" | "superseded" | "rolled_back" | "withdrawn";
      edition: number;
      parentVersion: number | null;
      note: string;
      acknowledged: {
        reason: string;
        codes: string[];
      } | null;
      createdBy: components["schemas"]["NameRef"] | null;
      createdAt: components["schemas"]["Instant"];
      changedAt: components["schemas"]["Instant"];
      publishedBy: components["schemas"]["NameRef"] | null;
      publishedAt: components["schemas"]["Instant"] | null;
      endedAt: components["schemas"]["Instant"] | null;
      percent: number | null;
      canaryFrom: components["schemas"]["Instant"] | null;
    };
    RuleTrace: {
      leaf: {
        field: string;
        op: string;
        value?: unknown;
        calendar?: string;
      };
      words: string;
      place: string;
      actual: unknown;
      before?: unknown;
      holds: boolean;
      redacted?: boolean;
    } | {
      /** @enum {string} */
      group: "all" | "any" | "not";
      holds: boolean;
      parts: components["schemas"]["RuleTrace"][];
    };
    Simulation: {
      id: number;
      /** @enum {string} */
      state: "queued" | "running" | "done" | "failed";
      configVersion: number;
      from: components["schemas"]["Instant"];
      to: components["schemas"]["Instant"];
      done: number;
      total: number;
      failure: string | null;
      createdBy: components["schemas"]["NameRef"];
      createdAt: components["schemas"]["Instant"];
      finishedAt: components["schemas"]["Instant"] | null;
    };
    Ticket: {
      id: number;
      subject: string;
      /** @enum {string} */
      status: "new" | "open" | "pending" | "on_hold" | "resolved" | "closed";
      /** @enum {string} */
      priority: "low" | "normal" | "high" | "urgent";
      category: string | null;
      tags: string[];
      requester: components["schemas"]["PersonRef"];
      assignee: components["schemas"]["NameRef"] | null;
      team: components["schemas"]["NameRef"] | null;
      /** @enum {string} */
      channel: "email" | "form" | "chat" | "portal" | "api" | "phone";
      fields: {
        [key: string]: string | number | boolean | string[] | null;
      };
      participants: components["schemas"]["Participant"][];
      createdAt: components["schemas"]["Instant"];
      updatedAt: components["schemas"]["Instant"];
      statusSince: components["schemas"]["Instant"];
      resolvedAt: components["schemas"]["Instant"] | null;
      closedAt: components["schemas"]["Instant"] | null;
      snoozedUntil: components["schemas"]["Instant"] | null;
      reopenCount: number;
      seq: number;
      clocks: components["schemas"]["Clock"][];
      mergedInto: number | null;
      url: string;
      snippet?: string;
      unread?: boolean;
      lastMessageAt?: components["schemas"]["Instant"];
      draft?: boolean;
      spam?: boolean;
      deleted?: boolean;
      permissions?: string[];
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
